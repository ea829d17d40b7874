extension BERTNormalizer {
  /// Does all steps in one pass, where nothing has to be put into another order.
  ///
  /// Only marks that stay and are not accents could have to be reordered; few scripts have any.
  ///
  /// - Parameter text: The text, whose origins nobody will ask for.
  /// - Returns: Whether the text has been normalized; if not, it is as it was.
  func normalizeAtOnce(_ text: inout NormalizedText) -> Bool {
    let strips = stripsAccents ?? isLowercasing
    let table = asciiTable
    var new: [UInt8] = []
    new.reserveCapacity(text.storage.count + text.storage.count / 4)
    let isDone = text.withBytes { bytes in
      table.withUnsafeBufferPointer { table in
        var position = 0
        while position < bytes.count {
          position = Self.appendASCII(of: bytes, from: position, by: table, to: &new)
          if position == bytes.count { break }
          let decoded = UTF8Text.decode(bytes, at: position)
          if !decoded.isValid { return false }
          if !append(decoded.scalar, stripping: strips, to: &new) { return false }
          position &+= decoded.count
        }
        return true
      }
    }
    if !isDone { return false }
    new.append(contentsOf: repeatElement(0, count: TokenBuffer.padding))
    text = NormalizedText(storage: new, origins: nil, keepsOrigins: false)
    return true
  }

  /// What each ASCII byte becomes, and 0x80 for those that go.
  static func asciiTable(of normalizer: BERTNormalizer) -> [UInt8] {
    (0..<UInt8(128)).map { byte in
      switch normalizer.kind(of: UInt32(byte)) {
      case .removed: 0x80
      case .space: 0x20
      case .kept, .chinese:
        normalizer.isLowercasing && (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      }
    }
  }

  /// Writes what a run of ASCII bytes becomes; returns its end.
  @inline(__always)
  private static func appendASCII(
    of bytes: UnsafeBufferPointer<UInt8>, from start: Int, by table: UnsafeBufferPointer<UInt8>,
    to new: inout [UInt8]
  ) -> Int {
    guard let base = bytes.baseAddress else { return start }
    var end = start
    while end &+ 8 <= bytes.count, ByteHash.load(base + end) & 0x8080_8080_8080_8080 == 0 {
      end &+= 8
    }
    while end < bytes.count, base[end] < 0x80 { end &+= 1 }
    if end == start { return end }
    let first = new.count
    new.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<end]))
    new.withUnsafeMutableBufferPointer { new in
      for index in first..<new.count { new[index] = table[Int(new[index])] }
    }
    if new[first...].contains(0x80) {
      let kept = new[first...].filter { $0 != 0x80 }
      new.replaceSubrange(first..., with: kept)
    }
    return end
  }

  /// Writes what a scalar becomes; returns whether nothing may have to be reordered.
  private func append(_ scalar: UInt32, stripping strips: Bool, to new: inout [UInt8]) -> Bool {
    switch kind(of: scalar) {
    case .removed: return true
    case .space:
      new.append(0x20)
      return true
    case .chinese:
      new.append(0x20)
      // The characters of the compatibility blocks are decomposed to others.
      defer { new.append(0x20) }
      return appendKept(scalar, stripping: strips, to: &new)
    case .kept: return appendKept(scalar, stripping: strips, to: &new)
    }
  }

  private func appendKept(
    _ scalar: UInt32, stripping strips: Bool, to new: inout [UInt8]
  ) -> Bool {
    if !strips {
      appendLowered(scalar, to: &new)
      return true
    }
    if let parts = ScalarMap.canonical[scalar] {
      for part in parts where !appendUnaccented(part, to: &new) { return false }
      return true
    }
    if let parts = Composition.hangulParts(of: scalar) {
      for part in parts { UTF8Text.append(part, to: &new) }
      return true
    }
    return appendUnaccented(scalar, to: &new)
  }

  private func appendUnaccented(_ scalar: UInt32, to new: inout [UInt8]) -> Bool {
    if ScalarClasses.bert[scalar] == BERTClass.accent { return true }
    if ScalarClasses.combining[scalar] != 0 { return false }
    appendLowered(scalar, to: &new)
    return true
  }

  @inline(__always)
  private func appendLowered(_ scalar: UInt32, to new: inout [UInt8]) {
    if isLowercasing, let lower = ScalarMap.lowerCase[scalar] {
      for part in lower { UTF8Text.append(part, to: &new) }
    } else {
      UTF8Text.append(scalar, to: &new)
    }
  }
}
