/// The tokens of a text, with their positions in the text.
///
/// All lists but ``overflowing`` are as long as ``ids``.
public struct Encoding: Hashable, Sendable {
  /// The identifiers.
  public var ids: [Int] = []
  /// The tokens as tokenizer files spell them; added tokens as in the normalized text, including
  /// the white space they absorb.
  public var pieces: [String] = []
  /// The range of UTF-8 bytes of the original text that each token covers, widened to whole
  /// characters; empty for tokens that cover no text.
  public var byteOffsets: [Range<Int>] = []
  /// The range of Unicode scalars of the original text that each token covers.
  public var scalarOffsets: [Range<Int>] = []
  /// The segment of each token: which text of a pair it belongs to, as the model numbers them.
  public var typeIDs: [Int] = []
  /// 1 for tokens that a model should attend to, 0 for padding.
  public var attentionMask: [Int] = []
  /// 1 for special tokens added by the post-processor, 0 for the text.
  public var specialTokensMask: [Int] = []
  /// The index of the piece that each token comes from; `nil` for added tokens.
  public var wordIndices: [Int?] = []
  /// The truncated rest, as further encodings, each at most as long as this one.
  public var overflowing: [Encoding] = []

  /// Creates an encoding without tokens.
  public init() {}

  /// The number of tokens.
  public var count: Int { ids.count }
}

extension Encoding {
  /// The tokens in a range, without the overflowing rest.
  subscript(range: Range<Int>) -> Encoding {
    StepCounter.add(range.count)
    var part = Encoding()
    part.ids = Array(ids[range])
    part.pieces = Array(pieces[range])
    part.byteOffsets = Array(byteOffsets[range])
    part.scalarOffsets = Array(scalarOffsets[range])
    part.typeIDs = Array(typeIDs[range])
    part.attentionMask = Array(attentionMask[range])
    part.specialTokensMask = Array(specialTokensMask[range])
    part.wordIndices = Array(wordIndices[range])
    return part
  }

  /// Appends the tokens of another encoding, and combines the overflowing ones.
  ///
  /// Every encoding of one side is combined with every encoding of the other, this encoding itself
  /// with `other` itself first.
  mutating func append(_ other: Encoding) {
    StepCounter.add(other.count)
    var combined: [Encoding] = []
    for mine in overflowing {
      for theirs in [other.withoutOverflow] + other.overflowing {
        combined.append(mine.followed(by: theirs))
      }
    }
    for theirs in other.overflowing { combined.append(withoutOverflow.followed(by: theirs)) }
    ids += other.ids
    pieces += other.pieces
    byteOffsets += other.byteOffsets
    scalarOffsets += other.scalarOffsets
    typeIDs += other.typeIDs
    attentionMask += other.attentionMask
    specialTokensMask += other.specialTokensMask
    wordIndices += other.wordIndices
    overflowing = combined
  }

  private var withoutOverflow: Encoding {
    var copy = self
    copy.overflowing = []
    return copy
  }

  private func followed(by other: Encoding) -> Encoding {
    var joined = withoutOverflow
    joined.append(other)
    return joined
  }

  /// Appends one token that does not come from the text.
  mutating func appendSpecial(
    id: Int, piece: String, typeID: Int, isAttended: Bool = true
  ) {
    ids.append(id)
    pieces.append(piece)
    byteOffsets.append(0..<0)
    scalarOffsets.append(0..<0)
    typeIDs.append(typeID)
    attentionMask.append(isAttended ? 1 : 0)
    specialTokensMask.append(1)
    wordIndices.append(nil)
  }

  /// Sets the type of every token.
  mutating func setTypeID(_ typeID: Int) {
    typeIDs = typeIDs.map { _ in typeID }
    for index in overflowing.indices { overflowing[index].setTypeID(typeID) }
  }
}
