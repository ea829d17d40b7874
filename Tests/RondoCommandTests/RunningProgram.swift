import Foundation
import Testing

/// The program as a person runs it, in a folder of its own.
struct RunningProgram {
  /// What a run of the program left behind.
  struct Outcome {
    let code: Int32
    let output: String
    let errors: String

    /// The lines of standard output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// The program that was built beside the tests.
  static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "rondo")

  /// Where it runs.
  let folder = NSTemporaryDirectory() + "rondo-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// The settings of a run that takes a second.
  static let tinySettings = [
    "maximum=1000", "exampleCount=40", "heldOutCount=10", "batchSize=8", "stepCount=6",
    "hiddenSize=8", "embeddingSize=4", "validationInterval=3",
  ].flatMap { ["--set", $0] }

  /// Trains number words with them, and returns the folder of the run.
  func trained() throws -> String {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = ["train", "number-words", "--run", "\(folder)/run"] + Self.tinySettings
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return "\(folder)/run"
  }

  /// Runs it to its end.
  func callAsFunction(_ arguments: String..., input: String = "") throws -> Outcome {
    try run(arguments, input: Data(input.utf8))
  }

  /// Runs a line of a shell to its end.
  func shell(_ line: String) throws -> Outcome {
    try run(process(["-c", line], of: URL(filePath: "/bin/sh")))
  }

  /// Runs it to its end, with some variables of the environment changed.
  func run(
    _ arguments: [String], input: Data = Data(), environment: [String: String] = [:]
  ) throws -> Outcome {
    try run(process(arguments), input: input, environment: environment)
  }

  private func run(
    _ process: Process, input: Data = Data(), environment: [String: String] = [:]
  ) throws -> Outcome {
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let writer = standardInput.fileHandleForWriting
    // Beside the reading, for a program that answers before it has read everything.
    Thread.detachNewThread {
      try? writer.write(contentsOf: input)
      try? writer.close()
    }
    let outputBytes = try output.fileHandleForReading.readToEnd() ?? Data()
    let errorBytes = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, output: String(decoding: outputBytes, as: UTF8.self),
      errors: String(decoding: errorBytes, as: UTF8.self))
  }

  /// Stops it when standard error says something.
  ///
  /// - Parameters:
  ///   - arguments: The arguments of the program.
  ///   - words: What standard error says.
  ///   - isTerminated: Whether it is stopped by SIGTERM and not by Ctrl-C.
  ///   - isReaderLost: Whether Ctrl-C ends the reader of standard error too.
  /// - Returns: What the program left behind.
  /// - Throws: An error when the program cannot be run.
  func interrupt(
    _ arguments: [String], after words: String, isTerminated: Bool = false,
    isReaderLost: Bool = false
  ) throws -> Outcome {
    let process = process(arguments)
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    var seen = Data()
    while !String(decoding: seen, as: UTF8.self).contains(words) {
      let more = errors.fileHandleForReading.availableData
      if more.isEmpty { break }
      seen += more
    }
    if isReaderLost { try errors.fileHandleForReading.close() }
    if isTerminated { process.terminate() } else { process.interrupt() }
    if !isReaderLost { seen += try errors.fileHandleForReading.readToEnd() ?? Data() }
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, output: "", errors: String(decoding: seen, as: UTF8.self))
  }

  /// Whether there is the tool of Linux that makes a terminal for a program.
  static let hasTerminal =
    FileManager.default.fileExists(atPath: "/usr/bin/script")
    && FileManager.default.fileExists(atPath: "/proc/self")

  /// Runs it on a terminal, with a variable of the environment, and returns what is shown.
  func onTerminal(_ arguments: String, _ variable: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "-u", "NO_COLOR", "TERM=xterm", variable, "script", "-qec",
      "\(Self.program.absoluteURL.path) \(arguments)", "/dev/null",
    ]
    process.currentDirectoryURL = URL(filePath: folder)
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The program, or another one, before it runs.
  private func process(_ arguments: [String], of program: URL = program) -> Process {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    return process
  }

  /// Expects a filter to answer each line before the next one comes, on a pipe that stays open.
  func expectAnswersAtOnce(_ arguments: [String], to lines: [String]) throws {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    for line in lines {
      input.fileHandleForWriting.write(Data(line.utf8))
      // Returns as soon as there is something, and the pipe stays open.
      #expect(!output.fileHandleForReading.availableData.isEmpty)
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  /// Writes a file into the folder.
  func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
  }
}
