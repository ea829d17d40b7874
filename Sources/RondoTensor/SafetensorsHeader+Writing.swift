extension SafetensorsHeader {
  /// Lays tensors out in a file as the reference library does: wide types first, then by name, so
  /// that every tensor is aligned.
  ///
  /// - Parameters:
  ///   - tensors: The tensors by name.
  ///   - metadata: Text entries describing the file.
  public init(_ tensors: [String: Tensor], metadata: [String: String] = [:]) {
    let sorted = tensors.map { (name: $0.key, type: $0.value.type, shape: $0.value.shape) }.sorted {
      $0.type == $1.type
        ? $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        : $0.type.safetensorsOrder > $1.type.safetensorsOrder
    }
    var end = 0
    entries = sorted.map { name, type, shape in
      let begin = end
      end += shape.reduce(type.byteCount, *)
      return Entry(name: name, type: type, shape: shape, bytes: begin..<end)
    }
    self.metadata = metadata
  }

  /// Calls `body` with the bytes of ``encoded``.
  func withEncoded<Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let encoded = encoded
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: encoded.count, alignment: 8)
    defer { bytes.deallocate() }
    bytes.copyBytes(from: encoded)
    try body(UnsafeRawBufferPointer(bytes))
  }

  /// The bytes before the tensors: the length of the header in eight bytes, then the header, padded
  /// with spaces to a multiple of eight.
  public var encoded: [UInt8] {
    var members = entries.map { entry in
      """
      \(Self.quoted(entry.name)):{"dtype":"\(entry.type.safetensorsName)",\
      "shape":[\(entry.shape.map(String.init).joined(separator: ","))],\
      "data_offsets":[\(entry.bytes.lowerBound),\(entry.bytes.upperBound)]}
      """
    }
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
      members.insert("\"__metadata__\":{\(pairs.joined(separator: ","))}", at: 0)
    }
    var json = Array("{\(members.joined(separator: ","))}".utf8)
    json += repeatElement(UInt8(ascii: " "), count: -json.count & 7)
    return withUnsafeBytes(of: UInt64(json.count).littleEndian, Array.init) + json
  }

  /// Returns text as a JSON string, escaped as the reference library escapes it.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{c}": result += "\\f"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// Writes tensors in the safetensors format, one at a time, without a second copy of them all.
///
/// - Parameters:
///   - tensors: The tensors by name; none may be called `__metadata__`.
///   - metadata: Text entries describing the file.
///   - sink: Receives the file's bytes, piece by piece.
/// - Throws: What `sink` throws.
public func writeSafetensors<Failure: Error>(
  _ tensors: [String: Tensor], metadata: [String: String] = [:],
  to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
) throws(Failure) {
  if tensors["__metadata__"] != nil {
    fatalError("a tensor cannot be called __metadata__: safetensors keeps text under that name")
  }
  let header = SafetensorsHeader(tensors, metadata: metadata)
  try header.withEncoded(sink)
  for entry in header.entries {
    guard let tensor = tensors[entry.name] else { continue }
    try tensor.withBytes { (bytes) throws(Failure) in try sink(bytes) }
  }
}
