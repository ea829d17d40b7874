import RondoData
import RondoText

extension Translator {
  /// Returns how often the strongest weight falls where the right alignment says.
  ///
  /// Only tokens that were written as they should be and render a source token count.
  ///
  /// - Parameters:
  ///   - predictions: Answers with attention.
  ///   - pairs: The right answers, with their alignment.
  /// - Returns: A share from 0 to 1, or `nil` without attention.
  func pointingAccuracy(_ predictions: [Prediction], _ pairs: [AlignedPair]) -> Double? {
    var (right, counted) = (0, 0)
    for (prediction, pair) in zip(predictions, pairs) {
      guard let attention = prediction.attention else { continue }
      let read = source.encoding(
        of: pair.source, options: EncodingOptions(addsSpecialTokens: false))
      let gold = pair.alignment(toTokensAt: read.byteOffsets)
      let letters = pair.target.map(String.init)
      var first = 0  // letter of the answer
      for (token, weights) in zip(prediction.outputTokens, attention) {
        let written = first..<(first + token.count)
        first = written.upperBound
        guard written.upperBound <= min(letters.count, gold.count),
          letters[written].joined() == token
        else { continue }
        let rendered = gold[written].compactMap(\.self)
        guard !rendered.isEmpty,
          let strongest = weights.indices.max(by: { weights[$0] < weights[$1] })
        else { continue }
        counted += 1
        right += rendered.contains { $0.contains(strongest) } ? 1 : 0
      }
    }
    return counted > 0 ? Double(right) / Double(counted) : nil
  }
}
