import RondoData
import RondoText

extension Translator {
  /// Returns how often the strongest weight falls where the right alignment says.
  ///
  /// Only tokens that were written where they belong and render something count.
  ///
  /// - Parameters:
  ///   - predictions: Answers with attention.
  ///   - pairs: The right answers, with their alignment.
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
  /// The numbers of the characters that begin within a range of bytes.
  fileprivate func characters(at bytes: Range<Int>) -> Range<Int> {
    let start = utf8.index(startIndex, offsetBy: bytes.lowerBound)
    let end = utf8.index(startIndex, offsetBy: bytes.upperBound)
    let first = self[..<start].count
    return first..<first + self[start..<end].count
  }
}
