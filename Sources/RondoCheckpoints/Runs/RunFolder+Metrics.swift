#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension RunFolder {
  /// Appends a line to `metrics.jsonl`.
  ///
  /// - Parameter metrics: An encodable value, such as a step report.
  /// - Throws: ``CheckpointError`` when it cannot be written or cannot be encoded as JSON.
  public func append(_ metrics: some Encodable) throws(CheckpointError) {
    let file = requireWriting("append metrics").metrics
    try file.write(encodedLine(metrics, file: file.path))
  }

  /// Reads the lines of `metrics.jsonl`.
  ///
  /// A last line without a line ending is still being written, and is left out.
  ///
  /// - Parameter type: The type of a line.
  /// - Returns: The lines, in order.
  /// - Throws: ``CheckpointError`` that names the first line that cannot be decoded as this type.
  public func metrics<Line: Decodable>(as type: Line.Type) throws(CheckpointError) -> [Line] {
    let name = Self.metricsName
    guard try namesInFolder(path).contains(name) else { return [] }
    var lines = try read(name).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    lines.removeLast()
    var result: [Line] = []
    for (index, line) in lines.enumerated() {
      do { result.append(try JSONDecoder().decode(type, from: Data(line))) } catch {
        throw .damaged(
          file: path(of: name), problem: "on line \(index + 1) \(explanation(of: error))")
      }
    }
    return result
  }
}
