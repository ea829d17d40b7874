import RondoData
import RondoText

extension Translator {
  /// Returns how often the strongest attention weight falls on the right alignment.
  ///
  /// Only output tokens count that are correct at their position and aligned.
  ///
  /// - Parameters:
  ///   - predictions: Predictions with attention.
  ///   - pairs: The references, with their alignment.
  /// - Returns: A share from 0 to 1, or `nil` without attention.
  func pointingAccuracy(_ predictions: [Prediction], _ pairs: [AlignedPair]) -> Double? {
    var (pointed, counted) = (0, 0)
    for (prediction, pair) in zip(predictions, pairs) {
      guard let attention = prediction.attention else { continue }
      let bare = EncodingOptions(addsSpecialTokens: false)
      let read = source.encoding(of: pair.source, options: bare)
      let right = target.encoding(of: pair.target, options: bare)
      let gold = pair.alignment(toTokensAt: read.byteOffsets)
      let written = zip(prediction.outputTokens, attention)
      for (place, (token, weights)) in written.enumerated()
      where place < right.ids.count && token == target.token(for: right.ids[place]) {
        let rendered = pair.target.characters(at: right.byteOffsets[place])
          .compactMap { gold[$0] }
        guard !rendered.isEmpty,
          let strongest = weights.indices.max(by: { weights[$0] < weights[$1] })
        else { continue }
        counted += 1
        pointed += rendered.contains { $0.contains(strongest) } ? 1 : 0
      }
    }
    return counted > 0 ? Double(pointed) / Double(counted) : nil
  }
}

extension String {
  /// The indices of the characters that begin within a range of bytes.
  fileprivate func characters(at bytes: Range<Int>) -> Range<Int> {
    let start = utf8.index(startIndex, offsetBy: bytes.lowerBound)
    let end = utf8.index(startIndex, offsetBy: bytes.upperBound)
    let first = self[..<start].count
    return first..<first + self[start..<end].count
  }
}
