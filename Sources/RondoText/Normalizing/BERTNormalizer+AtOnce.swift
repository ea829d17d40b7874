extension BERTNormalizer {
  /// Applies all steps in one pass, where nothing has to be reordered.
  ///
  /// Only combining marks that are kept and are not accents could need that; few scripts have any.
  ///
  /// - Parameter text: The text, whose origins are not recorded.
  /// - Returns: Whether the text has been normalized; if not, it is unchanged.
  func normalizeAtOnce(_ text: inout NormalizedText) -> Bool {
    let strips = stripsAccents ?? isLowercasing
    let tables = Tables()
    var new = GrowingMemory<UInt8>(capacity: text.storage.count + text.storage.count / 4)
    let isDone = text.withBytes { bytes in
      var position = 0
      while position < bytes.count {
        position = appendASCII(of: bytes, from: position, to: &new)
        if position == bytes.count { break }
        let decoded = UTF8Text.decode(bytes, at: position)
        if !decoded.isValid { return false }
        if !append(decoded.scalar, stripping: strips, tables: tables, to: &new) { return false }
        position &+= decoded.count
      }
      return true
    }
    if isDone {
      text = NormalizedText(
        UnsafeBufferPointer(start: new.base, count: new.count), keepsOrigins: false)
    }
    return isDone
  }

  /// The tables of Unicode's data, read once for a text.
  private struct Tables {
    let canonical = ScalarMap.canonical
    let lowerCase = ScalarMap.lowerCase
    let bert = ScalarClasses.bert
    let combining = ScalarClasses.combining
  }

  /// The result for each ASCII byte, and 0x80 for those that are removed.
  static func asciiTable(of normalizer: BERTNormalizer) -> [UInt8] {
    (0..<UInt8(128)).map { byte in
      switch normalizer.kind(of: UInt32(byte), by: .bert) {
      case .removed: 0x80
      case .space: 0x20
      case .kept, .chinese:
        normalizer.isLowercasing && (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      }
    }
  }

  /// Writes the result of a run of ASCII bytes; returns its end.
  @inline(__always)
  private func appendASCII(
    of bytes: UnsafeBufferPointer<UInt8>, from start: Int, to new: inout GrowingMemory<UInt8>
  ) -> Int {
    asciiTable.withUnsafeBufferPointer { table in
      var position = start
      while position < bytes.count, bytes[position] < 0x80 {
        let end = min(bytes.count, position &+ 1024)
        new.reserve(end &- position)
        let first = new.base + new.count
        var target = first
        while position < end, bytes[position] < 0x80 {
          let byte = table[Int(bytes[position])]
          target[0] = byte
          target += byte == 0x80 ? 0 : 1
          position &+= 1
        }
        new.advance(by: target - first)
      }
      return position
    }
  }

  /// Writes the result of a scalar; returns whether no reordering is needed.
  private func append(
    _ scalar: UInt32, stripping strips: Bool, tables: Tables,
    to new: inout GrowingMemory<UInt8>
  ) -> Bool {
    switch kind(of: scalar, by: tables.bert) {
    case .removed: return true
    case .space:
      new.append(0x20)
      return true
    case .chinese:
      new.append(0x20)
      // The characters of the compatibility blocks are decomposed to others.
      defer { new.append(0x20) }
      return appendKept(scalar, stripping: strips, tables: tables, to: &new)
    case .kept: return appendKept(scalar, stripping: strips, tables: tables, to: &new)
    }
  }

  private func appendKept(
    _ scalar: UInt32, stripping strips: Bool, tables: Tables,
    to new: inout GrowingMemory<UInt8>
  ) -> Bool {
    // The main block of Chinese characters is unchanged.
    if (0x4E00..<0xA000).contains(scalar) {
      UTF8Text.append(scalar, to: &new)
      return true
    }
    if !strips {
      appendLowered(scalar, tables: tables, to: &new)
      return true
    }
    if let parts = tables.canonical[scalar] {
      for part in parts where !appendUnaccented(part, tables: tables, to: &new) { return false }
      return true
    }
    if let parts = Composition.hangulParts(of: scalar) {
      for part in parts { UTF8Text.append(part, to: &new) }
      return true
    }
    return appendUnaccented(scalar, tables: tables, to: &new)
  }

  private func appendUnaccented(
    _ scalar: UInt32, tables: Tables, to new: inout GrowingMemory<UInt8>
  ) -> Bool {
    if tables.bert[scalar] == BERTClass.accent { return true }
    if tables.combining[scalar] != 0 { return false }
    appendLowered(scalar, tables: tables, to: &new)
    return true
  }

  @inline(__always)
  private func appendLowered(
    _ scalar: UInt32, tables: Tables, to new: inout GrowingMemory<UInt8>
  ) {
    if isLowercasing, let lower = tables.lowerCase[scalar] {
      for part in lower { UTF8Text.append(part, to: &new) }
    } else {
      UTF8Text.append(scalar, to: &new)
    }
  }
}
