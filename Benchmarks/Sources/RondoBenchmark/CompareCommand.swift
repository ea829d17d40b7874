import ArgumentParser
import Foundation
import Turns

/// Runs both sides in turns and prints what they took.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Run both sides in turns and print what they took.")

  @Option(help: "Thread counts, each measured on its own.")
  var threads: [Int] = [1, 2]

  @Option(help: "Turns of each side.")
  var rounds = 9

  @Option(help: "Seconds of one turn, at least one call.")
  var turn = 0.25

  @Option(help: "Measure only entries whose name contains this text.")
  var only: [String] = []

  @Option(help: "The Python that has PyTorch.")
  var python = Package.python

  @Option(help: "Write the results with machine, date and commit into this file.")
  var json: String?

  @Flag(help: "Fail when a ratio is below the one in thresholds.json.")
  var check = false

  @Flag(help: "Print the names of the entries.")
  var list = false

  func validate() throws {
    guard rounds > 0, turn > 0, threads.allSatisfy({ $0 > 0 }) else {
      throw ValidationError("rounds, seconds and thread counts are above 0")
    }
    guard !entries.isEmpty else {
      throw ValidationError("no entry has \(only) in its name; --list shows all")
    }
  }

  func run() throws {
    if list {
      for entry in entries { print(entry.name) }
      return
    }
    // A side that has ended is reported by name, and not by the death of this process.
    signal(SIGPIPE, SIG_IGN)
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw BenchmarkError.missingPython(python)
    }
    var results: [Measurement] = []
    let table = ResultTable(nameWidth: entries.map(\.name.count).max() ?? 0)
    print(table.header)
    for threadCount in threads {
      for entry in entries {
        let duel = Duel(
          entry: entry, threadCount: threadCount, rounds: rounds, turnSeconds: turn, python: python)
        let result = try duel.run()
        print(table.line(result))
        results.append(result)
      }
    }
    if let json { try Record(of: results).write(to: json) }
    if check { try Thresholds.read().check(results) }
  }

  private var entries: [Entry] {
    Entry.list.filter { entry in only.isEmpty || only.contains { entry.name.contains($0) } }
  }
}
