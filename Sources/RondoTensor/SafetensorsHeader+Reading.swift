extension SafetensorsHeader {
  /// Reads and checks a header.
  ///
  /// Nothing is taken on trust: types, sizes, offsets and the length of the data must agree,
  /// tensors may neither overlap nor leave a gap, and no name may occur twice.
  ///
  /// - Parameters:
  ///   - json: The header, without the eight bytes of its length.
  ///   - dataByteCount: The number of bytes that follow it.
  ///   - file: The name of the file, for error messages.
  /// - Throws: ``SafetensorsError``, which names the field.
  public init(
    json: [UInt8], dataByteCount: Int, file: String
  ) throws(SafetensorsError) {
    var parser = SafetensorsHeaderParser(json, file: file)
    let (entries, metadata) = try parser.parse()
    self.metadata = metadata
    self.entries = entries.sorted {
      ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
    }
    var end = 0
    for entry in self.entries {
      let begin = entry.bytes.lowerBound
      guard begin == end else {
        throw SafetensorsError(
          file: file, field: entry.name,
          problem: begin < end ? .overlap(byte: begin) : .hole(byte: begin))
      }
      end = entry.bytes.upperBound
    }
    guard end == dataByteCount else {
      throw SafetensorsError(file: file, problem: .wrongEnd(expected: end, found: dataByteCount))
    }
  }
}

extension SafetensorsHeader.Entry {
  /// Checks that a tensor's type, shape and byte range agree.
  init(
    name: String, type: ScalarType, shape: [Int], from begin: Int, to end: Int, file: String
  ) throws(SafetensorsError) {
    guard begin <= end else {
      throw SafetensorsError(
        file: file, field: "\(name).data_offsets", problem: .reversedRange(from: begin, to: end))
    }
    guard shape.count <= SafetensorsHeader.axisLimit else {
      throw SafetensorsError(file: file, field: name, problem: .manyAxes(shape.count))
    }
    guard let needed = Self.byteCount(of: shape, type) else {
      throw SafetensorsError(file: file, field: "\(name).shape", problem: .overflow)
    }
    guard needed == end - begin else {
      throw SafetensorsError(
        file: file, field: name, problem: .wrongLength(expected: needed, found: end - begin))
    }
    self.init(name: name, type: type, shape: shape, bytes: begin..<end)
  }

  /// Returns the number of bytes of a tensor, or `nil` when it overflows.
  ///
  /// A size of zero does not excuse an overflow in the others: LibTorch multiplies them in its own
  /// order.
  static func byteCount(of shape: [Int], _ type: ScalarType) -> Int? {
    var product = type.byteCount
    for size in shape where size != 0 {
      let (next, overflows) = product.multipliedReportingOverflow(by: size)
      guard !overflows else { return nil }
      product = next
    }
    return shape.contains(0) ? 0 : product
  }
}
