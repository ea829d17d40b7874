/// Looks up the tokens of merges as files spell them.
struct MergeReader {
  private let vocabulary: Vocabulary
  private let isByteLevel: Bool
  /// The bytes of a token, kept to make one array for all.
  private var bytes: [UInt8] = []

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

  private mutating func id(of spelling: UnsafeBufferPointer<UInt8>) -> Int? {
    if !isByteLevel { return vocabulary.id(of: spelling) }
    bytes.removeAll(keepingCapacity: true)
    guard ByteAlphabet.append(spelling: spelling, to: &bytes) else { return nil }
    return vocabulary.id(of: bytes)
  }
}
