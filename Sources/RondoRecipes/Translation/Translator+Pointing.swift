import RondoData
import RondoText

extension Translator {
  /// Returns how often the strongest weight falls where the right alignment says.
  ///
  /// Only characters that were written as they should be and render a source token count.
  ///
  /// - Parameters:
  ///   - predictions: Answers with attention.
  ///   - pairs: The right answers, with their alignment.
  /// - Returns: A share from 0 to 1, or `nil` without attention.
  func pointingAccuracy(_ predictions: [Prediction], _ pairs: [AlignedPair]) -> Double? {
    var (right, counted) = (0, 0)
    for (prediction, pair) in zip(predictions, pairs) {
      guard let attention = prediction.attention else { continue }
      let gold = pair.alignment(toTokensAt: source.encoding(of: pair.source).byteOffsets)
      let letters = pair.target.map(String.init)
      for (position, weights) in zip(attention.indices, attention) {
        guard position < gold.count, position < prediction.outputTokens.count,
          prediction.outputTokens[position] == letters[position], let tokens = gold[position],
          let strongest = weights.indices.max(by: { weights[$0] < weights[$1] })
        else { continue }
        counted += 1
        right += tokens.contains(strongest) ? 1 : 0
      }
    }
    return counted > 0 ? Double(right) / Double(counted) : nil
  }
}
