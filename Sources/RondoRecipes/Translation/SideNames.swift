/// The names of a model's input and output, as axis labels.
public struct SideNames: Hashable, Sendable {
  /// The name of the input.
  public let input: String
  /// The name of the output.
  public let output: String

  /// Creates general names, for sequences of no particular kind.
  public init() {
    (input, output) = ("Input sequence", "Output sequence")
  }

  /// Creates the names of the two sides of a translation.
  ///
  /// - Parameters:
  ///   - source: The source language, or `nil` when it is not known.
  ///   - target: The target language, or `nil` when it is not known.
  public init(from source: String?, to target: String?) {
    func named(_ side: String, _ language: String?) -> String {
      language.map { "\(side) (\($0))" } ?? side
    }
    (input, output) = (named("Source", source), named("Target", target))
  }
}
