#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Returns plain data as JSON that people can read, its keys in order.
///
/// - Parameter value: The data.
/// - Returns: The text, with an end of line.
/// - Throws: `EncodingError` when a value, such as NaN, has no place in JSON.
public func jsonText(of value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
}
