/// Whether words that share a stem share its tokens.
///
/// ```text
/// play:  play|ing  play|ed  play|er     the stem keeps its token in all three
/// play:  playing   pl|ayed  player      in none
/// ```
///
/// A model can transfer what it knows of *play* to *playing* only where both share the token.
public struct StemOverlap: Hashable, Sendable {
  /// One word and its tokens.
  public struct Form: Hashable, Sendable {
    /// The word.
    public let word: String
    /// Its tokens as identifiers.
    public let ids: [Int]
    /// Whether it begins with the tokens of the stem.
    public let keepsStem: Bool
    /// Whether a token ends where the stem ends.
    public let isCutAfterStem: Bool
  }

  /// The stem.
  public let stem: String
  /// The tokens of the stem as identifiers.
  public let stemIDs: [Int]
  /// The words that begin with the stem and continue.
  public let forms: [Form]

  /// Encodes a stem and words that begin with it, each after a space as in running text.
  ///
  /// - Parameters:
  ///   - stem: The stem.
  ///   - words: The words; those that do not begin with the stem, or equal it, are ignored.
  ///   - tokenizer: The tokenizer.
  public init(of stem: String, among words: some Sequence<String>, with tokenizer: Tokenizer) {
    let options = EncodingOptions(addsSpecialTokens: false)
    let stemIDs = tokenizer.encode(" " + stem)
    let end = 1 + stem.utf8.count
    let words = words.filter { $0.utf8.count >= end && $0.utf8.starts(with: stem.utf8) }
    forms = words.map { word in
      let encoding = tokenizer.encoding(of: " " + word, options: options)
      return Form(
        word: word, ids: encoding.ids,
        keepsStem: !stemIDs.isEmpty && encoding.count > stemIDs.count
          && encoding.ids.starts(with: stemIDs),
        isCutAfterStem: encoding.byteOffsets.contains { $0.upperBound == end })
    }
    self.stem = stem
    self.stemIDs = stemIDs
  }

  /// The share of the words that begin with the tokens of the stem, from 0 to 1.
  public var keptRate: Double { share { $0.keepsStem } }

  /// The share of the words in which a token ends where the stem ends, from 0 to 1.
  public var cutRate: Double { share { $0.isCutAfterStem } }

  private func share(of isCounted: (Form) -> Bool) -> Double {
    forms.isEmpty ? 0 : Double(forms.count(where: isCounted)) / Double(forms.count)
  }
}
