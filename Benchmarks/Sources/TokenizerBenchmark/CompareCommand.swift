import ArgumentParser
import Foundation
import Turns

/// Runs both sides in turns and prints what they took.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Run both sides in turns and print what they took.")

  @Option(
    help: """
      Turns of each side, cold and warm each time; three where they take long; trainings run at \
      most twice.
      """)
  var rounds = 5

  @Option(help: "Measure only entries whose name contains this text.")
  var only: [String] = []

  @Option(help: "A folder with files named english…, code… and multilingual…, plain or .gz.")
  var text = Places.text.path

  @Option(help: "The Python that has the other libraries.")
  var python = Package.python

  @Option(help: "Write the results with machine, date and commit into this file.")
  var json: String?

  @Flag(help: "Fail when a ratio is below the one in thresholds.json.")
  var check = false

  @Flag(help: "Print the names of the entries.")
  var list = false

  func validate() throws {
    guard rounds > 0 else { throw ValidationError("rounds are above 0") }
    guard !jobs(exchange: "").isEmpty || !ownEntries.isEmpty else {
      throw ValidationError("no entry has \(only) in its name; --list shows all")
    }
  }

  func run() throws {
    if list {
      for name in jobs(exchange: "").map(\.name) + ownEntries { print(name) }
      return
    }
    // A side that has ended is reported by name, and not by the death of this process.
    signal(SIGPIPE, SIG_IGN)
    try makeMaterials()
    let exchange = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: exchange) }

    var results: [Measurement] = []
    let table = ResultTable(nameWidth: 50)
    func add(_ new: [Measurement]) {
      for result in new { print(table.line(result)) }
      results += new
    }
    print(table.header)
    for job in jobs(exchange: exchange) {
      add(try Duel(job: job, rounds: rounds, python: python).run())
    }
    let own = OwnMeasurements(folder: Places.folder.path, rounds: rounds)
    for text in Job.textNames where ownEntries.contains(where: { $0.contains("threads/\(text)") }) {
      add(try own.threads(text))
    }
    for entry in ownEntries { add(try own.repeated(entry).map { [$0] } ?? []) }
    if let json { try Machine.write(Record(measurements: results), to: json) }
    if check { try Thresholds.read().check(results) }
  }

  /// Results with everything needed to compare them later.
  private struct Record: Codable {
    var machine = Machine(root: Package.root)
    let measurements: [Measurement]
  }

  private func jobs(exchange: String) -> [Job] {
    Job.all(folder: Places.folder.path, exchange: exchange).filter { isWanted($0.name) }
  }

  private var ownEntries: [String] { OwnMeasurements.names.filter(isWanted) }

  private func isWanted(_ name: String) -> Bool {
    only.isEmpty || only.contains { name.contains($0) }
  }

  /// Has Python write texts and vocabularies, unless they are there.
  private func makeMaterials() throws {
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw TokenizerBenchmarkError.missingPython(python)
    }
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [Places.materials.path, text, Places.folder.path]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw TokenizerBenchmarkError.noMaterials(text) }
  }
}
