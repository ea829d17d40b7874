/// Evidence that a text is UTF-8 that was decoded as another encoding.
///
/// A word such as `CAFÉ»` may look misread by chance, so only a whole text counts: it is suspected
/// only if nearly all of its non-ASCII characters make sense as misread UTF-8.
public struct MisreadingSuspicion: Hashable, Sendable {
  private var runCount = 0
  private var misreadCounts: [MisreadEncoding: Int] = [:]
  private var examples: [MisreadEncoding: String] = [:]

  /// The share of suspicious runs at which a text is suspected.
  private static let threshold = 0.9

  /// Creates empty evidence.
  public init() {}

  /// Adds a piece of the text.
  public mutating func add(_ text: String) {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return }
    for (place, encoding) in MisreadEncoding.allCases.enumerated() {
      encoding.forEachRun(of: text) { run, isMisread in
        if place == 0, run.first?.isASCII == false { runCount += 1 }
        guard isMisread else { return }
        misreadCounts[encoding, default: 0] += 1
        if examples[encoding] == nil { examples[encoding] = String(run) }
      }
    }
  }

  /// The encoding as which the text was decoded, if it is suspected.
  public var encoding: MisreadEncoding? {
    let worst = misreadCounts.max { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }
    guard let worst, Double(worst.value) >= Self.threshold * Double(runCount) else { return nil }
    return worst.key
  }

  /// The finding as a message, such as `47 of 47 … look like UTF-8 read as Mac Roman`.
  public var finding: String? {
    guard let encoding, let example = examples[encoding] else { return nil }
    let count = misreadCounts[encoding] ?? 0
    return "\(count) of \(runCount) places outside ASCII look like UTF-8 read as "
      + "\(encoding.displayName) ('\(example)' for '\(encoding.repaired(example))')"
  }
}
