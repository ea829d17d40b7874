/// Says how something goes: one line that changes on a terminal, plain lines elsewhere.
final class StatusLine {
  private let isInteractive: Bool
  private let width: Int
  private let write: (String) -> Void
  private var hasOpenLine = false
  private var lastUpdate: ContinuousClock.Instant?

  init(isInteractive: Bool, width: Int, write: @escaping (String) -> Void) {
    self.isInteractive = isInteractive
    self.width = width
    self.write = write
  }

  /// Writes to standard error.
  convenience init() {
    self.init(
      isInteractive: Terminal.isInteractive, width: Terminal.width, write: Terminal.tell)
  }

  /// Writes a line that the next one replaces on a terminal.
  func update(_ text: String) {
    lastUpdate = .now
    guard isInteractive else {
      write(text + "\n")
      return
    }
    write("\r\u{1B}[K" + text.prefix(max(20, width - 1)))
    hasOpenLine = true
  }

  /// Writes a line that the next one replaces, unless the last one came a moment ago: a tenth of a
  /// second on a terminal, five seconds elsewhere.
  func updateNowAndThen(_ text: @autoclosure () -> String) {
    let pause: Duration = isInteractive ? .milliseconds(100) : .seconds(5)
    if let lastUpdate, .now - lastUpdate < pause { return }
    update(text())
  }

  /// Writes a line that stays.
  func line(_ text: String) {
    clear()
    write(text + "\n")
  }

  /// Takes the line away that would have been replaced.
  func clear() {
    if hasOpenLine { write("\r\u{1B}[K") }
    hasOpenLine = false
  }
}
