/// What a model reads and what it writes, as the axes of a picture say it.
public struct SideNames: Hashable, Sendable {
  /// What is read.
  public let input: String
  /// What is written.
  public let output: String

  /// Names sequences of no particular kind.
  public init() {
    (input, output) = ("Input sequence", "Output sequence")
  }

  /// Names the two sides of a translation.
  ///
  /// - Parameters:
  ///   - source: The language that is read, or `nil` when it is not known.
  ///   - target: The language that is written, or `nil` when it is not known.
  public init(from source: String?, to target: String?) {
    func named(_ side: String, _ language: String?) -> String {
      language.map { "\(side) (\($0))" } ?? side
    }
    (input, output) = (named("Source", source), named("Target", target))
  }
}
