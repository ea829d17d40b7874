/// A comparison of several tokenizers on several files.
///
/// ```swift
/// var comparison = TokenizerComparison(of: [bpe, wordPiece], stems: ["play"])
/// try comparison.add("val.en")
/// print(comparison.files[0].measurements[1].fertility)
/// ```
public struct TokenizerComparison: Sendable {
  /// One file and its measurements.
  public struct File: Sendable {
    /// The path.
    public let path: String
    /// The measurement of each tokenizer, in their order.
    public internal(set) var measurements: [TokenizerMeasurement]
    /// The first lines that the tokenizers split differently.
    public internal(set) var unlikeLines: [String] = []
    /// The number of lines that were skipped because they are not UTF-8.
    public internal(set) var damagedLineCount = 0
  }

  /// The tokenizers.
  public let tokenizers: [Tokenizer]
  /// The files in the order in which they were added.
  public private(set) var files: [File] = []
  /// The stems whose words are collected.
  public let stems: [String]
  /// The different words of all files that begin with each stem, in the order of their bytes.
  public var formsOfStems: [String: [String]] { forms.mapValues { $0.sorted() } }

  private var forms: [String: Set<String>]
  private static let unlikeLineLimit = 5
  private static let longestUnlikeLine = 160

  /// Creates a comparison without files.
  ///
  /// - Parameters:
  ///   - tokenizers: The tokenizers.
  ///   - stems: Beginnings of words; the words of the files that begin with them are collected.
  public init(of tokenizers: [Tokenizer], stems: [String] = []) {
    self.tokenizers = tokenizers
    self.stems = stems
    forms = Dictionary(stems.map { ($0, []) }) { first, _ in first }
  }

  /// Measures a file, line by line.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - observer: Receives at intervals the number of bytes measured so far.
  /// - Throws: ``RondoTextError`` if the file cannot be read, is compressed, or is no text.
  public mutating func add(
    _ path: String, observer: ((TokenizerProgress) -> Void)? = nil
  ) throws(RondoTextError) {
    var file = File(path: path, measurements: tokenizers.map { TokenizerMeasurement(of: $0) })
    let total = try TextFile.size(of: path)
    var (read, count) = (0, 0)
    try TextFile.forEachLine(of: path) { bytes in
      read += bytes.count + 1
      count += 1
      if UTF8Text.firstInvalidByte(in: bytes) == nil {
        measure(String(decoding: bytes, as: UTF8.self), in: &file)
      } else {
        file.damagedLineCount += 1
      }
      if count % 256 == 0 {
        observer?(
          TokenizerProgress(phase: "measuring \(path)", completed: min(read, total), total: total))
      }
    }
    guard count == 0 || file.damagedLineCount < count else {
      throw .damaged(file: path, place: "line 1", problem: "no line of it is UTF-8 text")
    }
    files.append(file)
  }

  private mutating func measure(_ line: String, in file: inout File) {
    for place in file.measurements.indices { file.measurements[place].add(line) }
    let bytes = Array(line.utf8)
    for stem in stems where line.contains(stem) {
      for range in TokenizerMeasurement.words(of: line) {
        let word = bytes[range]
        if word.count > stem.utf8.count, word.starts(with: stem.utf8) {
          forms[stem, default: []].insert(String(decoding: word, as: UTF8.self))
        }
      }
    }
    if file.unlikeLines.count < Self.unlikeLineLimit, tokenizers.count > 1,
      line.utf8.count <= Self.longestUnlikeLine, isUnlike(line)
    {
      file.unlikeLines.append(line)
    }
  }

  /// Whether two tokenizers split a line at different places.
  private func isUnlike(_ line: String) -> Bool {
    let cuts = tokenizers.map { tokenizer in
      let options = EncodingOptions(addsSpecialTokens: false)
      return Set(tokenizer.encoding(of: line, options: options).byteOffsets.map(\.upperBound))
    }
    return Set(cuts).count > 1
  }
}
