/// Options for prediction and evaluation.
public struct PredictionOptions: Sendable {
  /// The number of hypotheses that beam search follows, 1 for greedy decoding, or `nil` for the
  /// recipe's number.
  public var beamWidth: Int?
  /// α, the strength of the length penalty of beam search, or `nil` for 1.
  public var lengthPenalty: Double?
  /// The number of hypotheses to return for each line.
  public var hypothesisCount = 1
  /// The maximum number of tokens of an output, or `nil` for 12 for each input token and 20 more.
  public var maximumLength: Int?
  /// Whether predictions keep their attention weights, which long lines have many of.
  public var keepsAttention = true
  /// Other data to evaluate on, or `nil` for the run's own validation data.
  public var data: DataOptions?

  /// Creates the default options.
  public init() {}

  /// Returns the options with a beam width, which is the recipe's unless one was given.
  ///
  /// - Throws: A `RecipeError` when a length penalty was given for greedy decoding, which has none.
  func decided(beamWidth usual: Int) throws(RecipeError) -> PredictionOptions {
    var options = self
    options.beamWidth = max(beamWidth ?? usual, hypothesisCount)
    guard options.beamWidth != 1 || lengthPenalty == nil else {
      throw .unfit("greedy decoding has no length penalty; add --beam 5, or leave the penalty out")
    }
    return options
  }
}
