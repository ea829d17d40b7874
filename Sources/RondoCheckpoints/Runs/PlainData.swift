#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The largest JSON file that is accepted, in bytes.
let jsonLimit = 64 << 20

/// Encodes a value as JSON with sorted keys, so that equal values give equal bytes.
func encoded(_ value: some Encodable, file: String) throws(CheckpointError) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
  do { return try Array(encoder.encode(value)) + [UInt8(ascii: "\n")] } catch {
    throw .unwritable(file: file, reason: "a value has no place in JSON (\(error))")
  }
}

/// Encodes a value as one line of JSON, including its line ending.
func encodedLine(_ value: some Encodable, file: String) throws(CheckpointError) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  do { return try Array(encoder.encode(value)) + [UInt8(ascii: "\n")] } catch {
    throw .unwritable(file: file, reason: "a value has no place in JSON (\(error))")
  }
}

/// Decodes a value from JSON.
func decoded<Value: Decodable>(
  _ type: Value.Type, from bytes: [UInt8], file: String
) throws(CheckpointError) -> Value {
  do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch {
    throw .damaged(file: file, problem: explanation(of: error))
  }
}

/// The field at which decoding failed, in a few words.
func explanation(of error: any Error) -> String {
  func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
    (context.codingPath + (last.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
  }
  return switch error {
  case DecodingError.keyNotFound(let key, let context):
    "the field '\(path(context, key))' is missing"
  case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
    "the field '\(path(context))' has a value of another kind"
  case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
    "the field '\(path(context))' has a value that is not allowed"
  default: "it is not valid JSON"
  }
}
