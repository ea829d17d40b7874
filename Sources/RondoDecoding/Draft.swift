/// A hypothesis under construction.
struct Draft {
  /// The tokens so far, without the end token.
  private(set) var tokens: [Int] = []
  /// The log-probability of everything generated, including the end token.
  private(set) var logProbability = 0.0
  /// Whether the end token has been generated.
  private(set) var isFinished = false
  private var attention: [[Float]] = []

  /// The number of tokens generated, including the end token.
  var stepCount: Int { tokens.count + (isFinished ? 1 : 0) }

  /// Returns the draft extended by one token.
  ///
  /// - Parameters:
  ///   - choice: The token.
  ///   - endID: The token that ends a sequence.
  ///   - weights: The attention weights of the step, or `nil` without attention.
  /// - Returns: The longer draft.
  func writing(_ choice: TokenChoice, endID: Int, weights: [Float]?) -> Draft {
    var longer = self
    longer.logProbability += choice.logProbability
    if let weights { longer.attention.append(weights) }
    if choice.token == endID {
      longer.isFinished = true
    } else {
      longer.tokens.append(choice.token)
    }
    return longer
  }

  /// Returns the draft as a hypothesis.
  ///
  /// - Parameter penalty: The length penalty of the score.
  /// - Returns: The hypothesis; one without any step has no attention.
  func hypothesis(penalty: LengthPenalty = .none) -> Hypothesis {
    Hypothesis(
      tokens: tokens, isFinished: isFinished, logProbability: logProbability,
      score: penalty.score(logProbability, length: stepCount),
      attention: attention.isEmpty ? nil : attention)
  }
}
