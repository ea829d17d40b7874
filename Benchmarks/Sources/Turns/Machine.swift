import Foundation

/// What results were measured on, and when.
package struct Machine: Codable {
  package let date: String
  package let commit: String
  package let processor: String
  package let processorCount: Int
  package let system: String

  /// Describes the machine at hand.
  ///
  /// - Parameter root: The repository whose commit is named.
  package init(root: URL) {
    date = Date.now.formatted(.iso8601)
    commit = Machine.output(of: ["git", "-C", root.path, "describe", "--always", "--dirty"])
    processor = Machine.processorName
    processorCount = ProcessInfo.processInfo.processorCount
    system = ProcessInfo.processInfo.operatingSystemVersionString
  }

  /// Writes results as JSON that people can read.
  ///
  /// - Parameters:
  ///   - record: The results.
  ///   - path: The file.
  /// - Throws: An error of the system when it cannot be written.
  package static func write(_ record: some Encodable, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try (encoder.encode(record) + Data("\n".utf8)).write(to: URL(filePath: path), options: .atomic)
  }

  private static var processorName: String {
    let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    let line = text?.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
      ?? output(of: ["sysctl", "-n", "machdep.cpu.brand_string"])
  }

  /// The first line that a command prints, or "unknown".
  private static func output(of command: [String]) -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return "unknown" }
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").first.map(String.init) ?? "unknown"
  }
}
