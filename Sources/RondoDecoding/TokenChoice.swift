import RondoTensor

/// A candidate for the next token.
struct TokenChoice: Equatable {
  let token: Int
  /// The log-probability of the token, which is finite.
  let logProbability: Double
}

extension TokenChoice {
  /// Returns the most probable tokens of each row.
  ///
  /// Probabilities are the model's own: banned tokens are left out without renormalization. A token
  /// of probability zero is no candidate, and neither is any token of a row that contains NaN.
  ///
  /// - Parameters:
  ///   - count: The number of candidates for each row; there are fewer where fewer are possible.
  ///   - logits: The logits, `[B, V]`.
  ///   - bannedIDs: Tokens that are never generated.
  /// - Returns: The candidates of each row, most probable first, and lowest identifier first among
  ///   equals.
  static func likeliest(
    _ count: Int, in logits: Tensor, excluding bannedIDs: [Int]
  ) -> [[TokenChoice]] {
    let type: ScalarType = logits.type == .float64 ? .float64 : .float32
    let scores = logits.converted(to: type).logSoftmax(axis: -1)  // [B, V]
    // One more than can be used shows whether the last rank is tied.
    let usedCount = count + bannedIDs.count
    let width = min(usedCount + 1, scores.shape[1])
    let top = scores.top(count: width, axis: -1)  // [B, width]
    let (tokens, values) = (top.indices.ids, top.values.doubles)

    return (0..<scores.shape[0]).map { row in
      let places = row * width..<(row + 1) * width
      var choices = places.map { TokenChoice(token: tokens[$0], logProbability: values[$0]) }
      let last = places.upperBound - 1
      if width > usedCount, values[last].isFinite, values[last] == values[last - 1] {
        // LibTorch does not say which of several tied elements it returns, so all are examined.
        choices = scores.selecting(row, axis: 0).doubles.enumerated()
          .map { TokenChoice(token: $0, logProbability: $1) }
      }
      let possible = choices.filter {
        $0.logProbability.isFinite && !bannedIDs.contains($0.token)
      }
      return Array(possible.sorted(by: precedes).prefix(count))
    }
  }

  /// Orders by probability, and equals by their identifiers.
  private static func precedes(_ left: TokenChoice, _ right: TokenChoice) -> Bool {
    (right.logProbability, left.token) < (left.logProbability, right.token)
  }
}
