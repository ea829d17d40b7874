/// Text that normalizers change, with the origin of each byte in the original text.
public struct NormalizedText: Sendable {
  /// The bytes, followed by ``TokenBuffer/padding`` zeros.
  var storage: [UInt8]
  /// For each byte, the range of the original that it stands for; `nil` while nothing has changed.
  var origins: [Piece]?
  /// Whether origins are kept.
  public let keepsOrigins: Bool

  /// The number of bytes.
  public var count: Int { storage.count - TokenBuffer.padding }

  /// Creates text from the original.
  ///
  /// - Parameters:
  ///   - bytes: The original.
  ///   - keepsOrigins: Whether to record where its bytes come from.
  public init(_ bytes: UnsafeBufferPointer<UInt8>, keepsOrigins: Bool) {
    self.init(bytes, origins: nil, keepsOrigins: keepsOrigins)
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>, origins: [Piece]?, keepsOrigins: Bool) {
    let count = bytes.count
    StepCounter.add(count)
    storage = [UInt8](unsafeUninitializedCapacity: count + TokenBuffer.padding) { buffer, written in
      _ = buffer[..<count].update(fromContentsOf: bytes)
      buffer[count...].update(repeating: 0)
      written = count + TokenBuffer.padding
    }
    self.origins = origins
    self.keepsOrigins = keepsOrigins
  }

  /// Creates text from a string.
  public init(_ text: String, keepsOrigins: Bool = true) {
    var text = text
    self = text.withUTF8 { NormalizedText($0, keepsOrigins: keepsOrigins) }
  }

  init(storage: [UInt8], origins: [Piece]?, keepsOrigins: Bool) {
    self.storage = storage
    self.origins = origins
    self.keepsOrigins = keepsOrigins
  }

  /// Calls `body` with the bytes; ``TokenBuffer/padding`` zeros are readable after their end.
  public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    storage.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
  }

  /// The text as a string; invalid bytes become U+FFFD.
  public var string: String { withBytes { String(decoding: $0, as: UTF8.self) } }

  /// Returns a part as a string; invalid bytes become U+FFFD.
  func string(of range: Piece) -> String { String(decoding: storage[range.range], as: UTF8.self) }

  /// Returns the bytes of the original that the byte at a position stands for.
  func origin(at position: Int) -> Piece {
    if let origins { return origins[position] }
    var start = position
    while start > 0, position - start < 3, storage[start] & 0xC0 == 0x80 { start -= 1 }
    let length = withBytes { UTF8Text.decode($0, at: start).count }
    if start + length <= position { return Piece(position, position + 1) }
    return Piece(start, start + length)
  }

  /// Returns the bytes of the original that a range stands for.
  func origin(of range: Piece) -> Piece {
    if range.start == range.end { return range }
    return Piece(
      start: origin(at: Int(range.start)).start, end: origin(at: Int(range.end) - 1).end)
  }

  /// Returns a part of the text, whose origins still count from the start of the original.
  func part(_ range: Range<Int>) -> NormalizedText {
    StepCounter.add(range.count)
    var part = Array(storage[range])
    part.append(contentsOf: repeatElement(0, count: TokenBuffer.padding))
    let origins = keepsOrigins ? range.map { origin(at: $0) } : nil
    return NormalizedText(storage: part, origins: origins, keepsOrigins: keepsOrigins)
  }

  /// Replaces the text by the output of `body`.
  ///
  /// - Parameter body: Receives the current bytes, and a writer for the new ones.
  public mutating func rewrite(
    _ body: (UnsafeBufferPointer<UInt8>, inout NormalizedTextWriter) -> Void
  ) {
    var writer = NormalizedTextWriter(rewriting: self)
    withBytes { body($0, &writer) }
    self = writer.text
  }

  /// Whether every byte is below 128.
  var isASCII: Bool {
    withBytes { bytes in
      guard let base = bytes.baseAddress else { return true }
      var i = 0
      while i < bytes.count {
        if ByteHash.load(base + i) & 0x8080_8080_8080_8080 != 0 { return false }
        i &+= 8
      }
      return true
    }
  }
}
