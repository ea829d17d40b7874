/// The vocabulary that a byte-pair trainer has learned so far.
struct TrainingTokens {
  private let isByteLevel: Bool
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  private(set) var bytes: [[UInt8]] = []
  private var ids: [[UInt8]: UInt32] = [:]
  /// Where a unit that begins, continues or ends a word becomes which symbol, by the unit times
  /// four and its place; ``PairTable/never`` where it has not occurred there yet.
  private var symbols: [UInt32] = []
  private var units: Set<UInt32> = []

  private static let scalars = ByteAlphabet.scalars

  init(units: BytePairModel.Units) {
    switch units {
    case .bytes: (isByteLevel, prefix, suffix) = (true, [], [])
    case .characters(let characters):
      isByteLevel = characters.areBytes
      prefix = characters.bytes(of: characters.continuingPrefix) ?? []
      suffix = characters.bytes(of: characters.endSuffix) ?? []
    }
  }

  /// The number of different tokens.
  var count: Int { bytes.count }

  /// Calls `body` with each unit of a word: the scalar, or the scalar that stands for the byte.
  @inline(__always)
  func forEachUnit(of word: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void) {
    if isByteLevel {
      for byte in word { body(Self.scalars[Int(byte)]) }
      return
    }
    var position = 0
    while position < word.count {
      let decoded = UTF8Text.decode(word, at: position)
      body(decoded.scalar)
      position += decoded.count
    }
  }

  /// Counts how often each unit occurs; the result is ordered by unit.
  func unitCounts(of words: WordCounts) -> [Int] {
    var counts = [Int](repeating: 0, count: 1 << 10)
    words.forEachWord { word, count in
      forEachUnit(of: word) { unit in
        let unit = Int(unit)
        if unit >= counts.count { counts += repeatElement(0, count: unit + 1 - counts.count) }
        counts[unit] &+= count
      }
    }
    return counts
  }

  private func spelling(of unit: UInt32) -> [UInt8] {
    var spelling: [UInt8] = []
    UTF8Text.append(unit, to: &spelling)
    guard isByteLevel else { return spelling }
    return ByteAlphabet.bytes(of: String(decoding: spelling, as: UTF8.self)) ?? spelling
  }

  /// Adds a special token, unless it has been added before.
  ///
  /// A special token of a byte-level vocabulary is spelled in the byte-level alphabet where that is
  /// possible, and can then be the same token as a learned one.
  mutating func addSpecial(_ text: String) {
    let key = isByteLevel ? ByteAlphabet.bytes(of: text) : Array(text.utf8)
    if let key, ids[key] != nil { return }
    if key == nil, bytes.contains(Array(text.utf8)) { return }
    if let key { ids[key] = UInt32(bytes.count) }
    bytes.append(key ?? Array(text.utf8))
  }

  /// Adds a unit to the alphabet.
  mutating func addUnit(_ unit: UInt32) {
    units.insert(unit)
    _ = add(spelling(of: unit))
    if symbols.count <= 4 * Int(unit) + 3 {
      symbols += repeatElement(PairTable.never, count: 4 * Int(unit) + 4 - symbols.count)
    }
  }

  private mutating func add(_ token: [UInt8]) -> UInt32 {
    if let known = ids[token] { return known }
    ids[token] = UInt32(bytes.count)
    bytes.append(token)
    return UInt32(bytes.count - 1)
  }

  /// Returns the concatenation of two tokens, which may be a new token.
  mutating func join(_ left: UInt32, _ right: UInt32) -> UInt32 {
    let tail = bytes[Int(right)]
    let bare = tail.starts(with: prefix) ? tail.dropFirst(prefix.count) : tail[...]
    return add(bytes[Int(left)] + bare)
  }

  /// Splits words into symbols; units outside the alphabet are dropped.
  mutating func cut(_ words: WordCounts, into rows: inout TrainingWords) {
    words.forEachWord { word, count in
      rows.begin(count: count)
      var position = 0
      while position < word.count {
        let start = position
        let unit: UInt32
        if isByteLevel {
          unit = Self.scalars[Int(word[position])]
          position += 1
        } else {
          let decoded = UTF8Text.decode(word, at: position)
          unit = decoded.scalar
          position += decoded.count
        }
        let place = (start == 0 ? 1 : 0) | (position == word.count ? 2 : 0)
        let index = 4 * Int(unit) + place
        guard index < symbols.count else { continue }
        if symbols[index] == PairTable.never {
          guard units.contains(unit) else { continue }
          symbols[index] = add(spelled(unit, at: place))
        }
        rows.append(symbols[index])
      }
      rows.end()
    }
  }

  private func spelled(_ unit: UInt32, at place: Int) -> [UInt8] {
    (place & 1 == 0 ? prefix : []) + spelling(of: unit) + (place & 2 != 0 ? suffix : [])
  }

  /// Creates the result of training.
  func finish(
    merges: [LearnedMerge], units: BytePairModel.Units, report: TrainingReport
  ) throws(RondoTextError) -> BytePairTraining {
    // Of two merges of one pair, the later counts, and the earlier is not written.
    var last: [UInt64: Int] = [:]
    for (i, merge) in merges.enumerated() {
      last[PairNumbers.key(merge.left, merge.right)] = i
    }
    let kept = merges.indices.filter {
      last[PairNumbers.key(merges[$0].left, merges[$0].right)] == $0
    }
    let vocabulary = Vocabulary(bytes)
    let model = try BytePairModel(
      vocabulary: vocabulary,
      merges: kept.map { BytePairModel.Merge(left: merges[$0].left, right: merges[$0].right) },
      units: Self.knowing(units, vocabulary), file: "the trained model")
    return BytePairTraining(model: model, counts: kept.map { merges[$0].count }, report: report)
  }

  /// Drops an unknown token that is not in the trained vocabulary.
  private static func knowing(
    _ units: BytePairModel.Units, _ vocabulary: Vocabulary
  ) -> BytePairModel.Units {
    guard case .characters(var characters) = units, characters.unknownID(in: vocabulary) == nil
    else { return units }
    characters.unknownToken = nil
    return .characters(characters)
  }
}

/// A merge with its result and its count.
struct LearnedMerge {
  var left: UInt32
  var right: UInt32
  var merged: UInt32
  var count: Int
}

/// The result of training a byte-pair model.
public struct BytePairTraining: Sendable {
  /// The model.
  public let model: BytePairModel
  /// The number of occurrences of each merged pair at the time of its merge.
  public let counts: [Int]
  /// The time and memory that training took.
  public let report: TrainingReport
}
