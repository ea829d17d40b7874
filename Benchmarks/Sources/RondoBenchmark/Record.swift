import Foundation
import Rondo

/// Results with everything needed to compare them later.
struct Record: Codable {
  let date: String
  let commit: String
  let processor: String
  let processorCount: Int
  let system: String
  let libTorch: String
  let measurements: [Measurement]

  /// Adds machine, date and commit to results.
  init(of measurements: [Measurement]) {
    self.measurements = measurements
    date = Date.now.formatted(.iso8601)
    commit = Record.output(of: ["git", "-C", Places.root.path, "describe", "--always", "--dirty"])
    processor = Record.processorName
    processorCount = ProcessInfo.processInfo.processorCount
    system = ProcessInfo.processInfo.operatingSystemVersionString
    libTorch = libTorchVersion
  }

  /// Writes the record as JSON.
  ///
  /// - Parameter path: The file.
  /// - Throws: An error of the system when it cannot be written.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try (encoder.encode(self) + Data("\n".utf8)).write(to: URL(filePath: path), options: .atomic)
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
