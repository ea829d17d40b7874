#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Encodes a value as readable JSON with sorted keys.
///
/// - Parameter value: The value.
/// - Returns: The text, with a line ending.
/// - Throws: `EncodingError` when the value contains something without a JSON form, such as NaN.
public func jsonText(of value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
}
