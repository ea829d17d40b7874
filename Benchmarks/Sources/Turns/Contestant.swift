import Foundation

/// A process that works when it is asked, and is blocked on its pipe in between.
package final class Contestant {
  private let name: String
  private let entry: String
  private let process = Process()
  private let commands = Pipe()
  private let answers = Pipe()
  private var unread = Data()

  /// Starts a process.
  ///
  /// - Parameters:
  ///   - name: What messages call it.
  ///   - entry: The name of what it will work on.
  ///   - executable: The program.
  ///   - arguments: Its arguments.
  ///   - threadCount: The threads that it may use.
  /// - Throws: An error of the system when it cannot be started.
  package init(
    _ name: String, entry: String, executable: String, arguments: [String], threadCount: Int
  ) throws {
    self.name = name
    self.entry = entry
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging([
      "OMP_NUM_THREADS": "\(threadCount)",
      // A pool that waits by spinning would work against the other side's turn.
      "OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0",
    ]) { $1 }
    process.standardInput = commands
    process.standardOutput = answers
    try process.run()
  }

  deinit {
    // The end of its input ends the process.
    try? commands.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Sends a command and waits for the answer.
  ///
  /// - Parameters:
  ///   - command: One line.
  ///   - type: What the answer holds.
  /// - Returns: The answer.
  /// - Throws: ``TurnError`` when the process has ended or answers something else.
  package func ask<Answer: Decodable>(_ command: String, for type: Answer.Type) throws -> Answer {
    guard process.isRunning else { throw TurnError.ended(side: name, entry: entry) }
    try commands.fileHandleForWriting.write(contentsOf: Data("\(command)\n".utf8))
    return try answer(for: type)
  }

  /// Waits for the next answer.
  ///
  /// - Parameter type: What the answer holds.
  /// - Returns: The answer.
  /// - Throws: ``TurnError`` when the process has ended or answers something else.
  package func answer<Answer: Decodable>(for type: Answer.Type) throws -> Answer {
    let line = try nextLine()
    guard let answer = try? JSONDecoder().decode(type, from: line) else {
      throw TurnError.badAnswer(side: name, String(decoding: line, as: UTF8.self))
    }
    return answer
  }

  /// The most memory that the process has held, in bytes, where the system tells.
  package var peakBytes: Int? {
    let status = try? String(
      contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
      .map { $0 << 10 }
  }

  private func nextLine() throws -> Data {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread = Data(unread[(end + 1)...]) }
        return Data(unread[..<end])
      }
      let more = answers.fileHandleForReading.availableData
      if more.isEmpty { throw TurnError.ended(side: name, entry: entry) }
      unread += more
    }
  }
}
