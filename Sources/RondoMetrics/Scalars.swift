/// Text as its Unicode scalars.
///
/// `String` and `Character` compare by canonical equivalence, so that a composed and a decomposed é
/// are equal; the metrics are defined over code points, which differ.
typealias Scalars = [Unicode.Scalar]

extension Scalars {
  init(_ text: String) { self = Array(text.unicodeScalars) }

  /// The words separated by white space.
  var words: [ArraySlice<Unicode.Scalar>] { split(whereSeparator: \.separatesWords) }

  /// The text without trailing white space.
  var withoutTrailingSpace: ArraySlice<Unicode.Scalar> {
    self[..<(lastIndex { !$0.separatesWords }.map { $0 + 1 } ?? startIndex)]
  }

  /// The text in lower case, with σ written ς at the end of a word, as Unicode prescribes.
  var lowercase: Scalars {
    var result: Scalars = []
    result.reserveCapacity(count)
    for (place, scalar) in enumerated() {
      if scalar == "Σ" {
        result.append(endsWord(at: place) ? "ς" : "σ")
      } else {
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return result
  }

  /// Whether a letter precedes a position and none follows, ignoring marks and apostrophes.
  private func endsWord(at place: Int) -> Bool {
    let before = self[..<place].last { !$0.properties.isCaseIgnorable }
    let after = self[(place + 1)...].first { !$0.properties.isCaseIgnorable }
    return before?.properties.isCased == true && after?.properties.isCased != true
  }
}

extension Unicode.Scalar {
  /// Whether the scalar is white space to Python, which includes four control characters.
  fileprivate var separatesWords: Bool {
    properties.isWhitespace || ("\u{1C}"..."\u{1F}").contains(self)
  }
}
