/// Looks up the tokens of merges as files spell them.
struct MergeReader: ~Copyable {
  private let vocabulary: Vocabulary
  private let isByteLevel: Bool
  /// The bytes of a token, in the same memory for all.
  private var bytes = GrowingMemory<UInt8>()

  /// Creates a reader of merges of the tokens of a vocabulary.
  init(_ vocabulary: Vocabulary, isByteLevel: Bool) {
    self.vocabulary = vocabulary
    self.isByteLevel = isByteLevel
  }

  /// Returns the merge of two tokens by their spellings, `nil` if one does not exist.
  mutating func merge(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> BytePairModel.Merge? {
    guard let left = id(of: left), let right = id(of: right) else { return nil }
    return BytePairModel.Merge(left: UInt32(left), right: UInt32(right))
  }

  /// Returns the identifier of a token by its spelling.
  mutating func id(of spelling: UnsafeBufferPointer<UInt8>) -> Int? {
    if !isByteLevel { return vocabulary.id(of: spelling) }
    bytes.removeAll()
    guard ByteAlphabet.append(spelling: spelling, to: &bytes) else { return nil }
    return vocabulary.id(of: UnsafeBufferPointer(start: bytes.base, count: bytes.count))
  }
}
