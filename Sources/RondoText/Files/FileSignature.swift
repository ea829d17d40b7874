/// The format of a file that is not UTF-8 text, recognized by its first bytes.
public enum FileSignature: String, Hashable, Sendable {
  /// Compressed with gzip.
  case gzip
  /// UTF-16, the low byte first.
  case littleEndianUTF16 = "UTF-16LE"
  /// UTF-16, the high byte first.
  case bigEndianUTF16 = "UTF-16BE"

  /// Examines the first bytes of a file, or its first line; `nil` if they may be UTF-8.
  ///
  /// UTF-16 without a byte order mark is recognized by its zeros: at least a quarter of the bytes,
  /// and nearly all of them in the first, or nearly all in the second, byte of a code unit. Zeros
  /// alone say nothing.
  package init?(_ bytes: some Collection<UInt8>) {
    if bytes.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if bytes.starts(with: [0xFF, 0xFE]) {
      self = .littleEndianUTF16
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      self = .bigEndianUTF16
    } else {
      var zeros = (first: 0, last: 0)
      for (offset, byte) in bytes.prefix(1024).enumerated() where byte == 0 {
        if offset.isMultiple(of: 2) { zeros.first += 1 } else { zeros.last += 1 }
      }
      let (most, others) = (max(zeros.first, zeros.last), min(zeros.first, zeros.last))
      guard most > 0, 4 * most >= bytes.prefix(1024).count, 8 * others <= most,
        bytes.contains(where: { $0 != 0 && $0 != UInt8(ascii: "\n") })
      else { return nil }
      self = zeros.first > zeros.last ? .bigEndianUTF16 : .littleEndianUTF16
    }
  }

  /// One sentence that says what a file is and what to do.
  package func sentence(about file: String) -> String {
    switch self {
    case .gzip: "\(file) is compressed; unpack it with: gunzip --keep"
    case .littleEndianUTF16, .bigEndianUTF16:
      "\(file) is \(rawValue), not UTF-8; convert it with: iconv -f \(rawValue) -t UTF-8"
    }
  }
}
