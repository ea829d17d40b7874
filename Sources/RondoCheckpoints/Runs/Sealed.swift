/// A value whose JSON form also holds a SHA-256 digest of its other fields.
///
/// The digest is of those fields as one line of JSON with sorted keys, so only changes without
/// effect, such as white space, go unnoticed.
struct Sealed<Value: Codable>: Codable {
  let value: Value
  private let sha256: String

  private enum Key: String, CodingKey {
    case sha256
  }

  init(_ value: Value, file: String) throws(CheckpointError) {
    self.value = value
    sha256 = try Self.digest(of: value, file: file)
  }

  /// Whether the digest matches the value.
  func isIntact(file: String) throws(CheckpointError) -> Bool {
    try Self.digest(of: value, file: file) == sha256
  }

  private static func digest(of value: Value, file: String) throws(CheckpointError) -> String {
    SHA256.hexadecimal(of: try encodedLine(value, file: file))
  }

  init(from decoder: any Decoder) throws {
    value = try Value(from: decoder)
    sha256 = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .sha256)
  }

  func encode(to encoder: any Encoder) throws {
    try value.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(sha256, forKey: .sha256)
  }
}
