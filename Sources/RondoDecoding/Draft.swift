/// A hypothesis that is being written.
struct Draft {
  /// The tokens so far; there is no end among them.
  private(set) var tokens: [Int] = []
  /// The logarithm of the probability of everything written, the end included.
  private(set) var logProbability = 0.0
  /// Whether the end has been written.
  private(set) var isFinished = false
  private var attention: [[Float]] = []

  /// How many times the model was asked, the end included.
  var stepCount: Int { tokens.count + (isFinished ? 1 : 0) }

  /// Returns the draft with one token more.
  ///
  /// - Parameters:
  ///   - choice: The token.
  ///   - endID: The token that ends a sequence.
  ///   - weights: Where the model looked, or `nil` without attention.
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

  /// Returns the draft as it stands.
  ///
  /// - Parameter penalty: How length counts in the score.
  /// - Returns: The hypothesis; one of no step has no attention.
  func hypothesis(penalty: LengthPenalty = .none) -> Hypothesis {
    Hypothesis(
      tokens: tokens, isFinished: isFinished, logProbability: logProbability,
      score: penalty.score(logProbability, length: stepCount),
      attention: attention.isEmpty ? nil : attention)
  }
}
