import Foundation
import Testing

@testable import RondoPlots

/// Pictures that were looked at, kept as text: a change of one is a change to look at again.
///
/// `RONDO_WRITE_SNAPSHOTS=1 swift test --filter SnapshotTests` writes them anew.
struct SnapshotTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden/plots")
  static let writes = ProcessInfo.processInfo.environment["RONDO_WRITE_SNAPSHOTS"] == "1"

  @Test(
    "Each figure is drawn as it was when it was looked at",
    arguments: Samples.names.filter { $0 != "large" })
  func figures(name: String) throws {
    let figure = Samples.named(name)
    try compare(figure.svg, with: "\(name).svg")
    let texts = [
      figure.terminal(width: 72), figure.terminal(width: 40),
      figure.terminal(width: 72, style: TerminalStyle(palette: .full)),
      figure.terminal(width: 72, style: TerminalStyle(palette: .numbered, isDark: false)),
    ]
    let visible = texts.joined(separator: "\n").replacing("\u{1B}", with: "␛")
    try compare(visible, with: "\(name).txt")
  }

  @Test("The report is written as it was when it was looked at")
  func report() throws {
    try compare(Samples.report.html, with: "report.html")
  }

  private func compare(_ drawn: String, with name: String) throws {
    let file = Self.folder.appending(path: name)
    if Self.writes {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(drawn.utf8).write(to: file)
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    let lines = zip(drawn.split(separator: "\n"), expected.split(separator: "\n"))
    let change = lines.first { $0 != $1 }
    let isSame = drawn.utf8.elementsEqual(expected.utf8)
    #expect(
      isSame, "\(name) was \(change?.1.prefix(160) ?? "") and is \(change?.0.prefix(160) ?? "")")
  }
}
