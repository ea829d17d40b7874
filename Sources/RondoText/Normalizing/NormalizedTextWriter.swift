/// Writes new text and records which part of the old text each byte comes from.
public struct NormalizedTextWriter {
  private let source: NormalizedText
  private var bytes: [UInt8] = []
  private var origins: [Piece] = []

  init(rewriting source: NormalizedText) {
    self.source = source
    bytes.reserveCapacity(source.storage.count + source.count / 8)
    if source.keepsOrigins { origins.reserveCapacity(source.count + source.count / 8) }
  }

  /// The number of bytes written.
  public var count: Int { bytes.count }

  /// Copies a range of the old text.
  public mutating func copy(_ range: Range<Int>) {
    StepCounter.add(range.count)
    bytes += source.storage[range]
    if source.keepsOrigins {
      for position in range { origins.append(source.origin(at: position)) }
    }
  }

  /// Writes a scalar.
  ///
  /// - Parameters:
  ///   - scalar: The scalar.
  ///   - position: The position of the old byte that it replaces or accompanies.
  public mutating func append(_ scalar: UInt32, from position: Int) {
    let start = bytes.count
    UTF8Text.append(scalar, to: &bytes)
    align(from: start, to: position)
  }

  /// Writes bytes.
  ///
  /// - Parameters:
  ///   - new: The bytes.
  ///   - position: The position of the old byte that they replace or accompany.
  public mutating func append(_ new: some Collection<UInt8>, from position: Int) {
    let start = bytes.count
    bytes.append(contentsOf: new)
    align(from: start, to: position)
  }

  private mutating func align(from start: Int, to position: Int) {
    StepCounter.add(bytes.count - start)
    guard source.keepsOrigins else { return }
    let origin =
      position >= 0 && position < source.count ? source.origin(at: position) : Piece(0, 0)
    origins.append(contentsOf: repeatElement(origin, count: bytes.count - start))
  }

  var text: NormalizedText {
    NormalizedText(
      storage: bytes + repeatElement(0, count: TokenBuffer.padding),
      origins: source.keepsOrigins ? origins : nil, keepsOrigins: source.keepsOrigins)
  }
}
