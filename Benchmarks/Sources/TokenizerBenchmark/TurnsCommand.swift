import ArgumentParser
import Foundation
import RondoText

/// Rondo's side: works as it is told on standard input, and answers with the seconds it took.
struct TurnsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "turns", abstract: "Work in turns, as told on standard input.",
    shouldDisplay: false)

  @Argument var job: String

  func run() throws {
    let job = try JSONDecoder().decode(Job.self, from: Data(self.job.utf8))
    switch job.work {
    case .encode: try encode(job)
    case .load: try load(job)
    case .train: try train(job)
    }
  }

  private func encode(_ job: Job) throws {
    let work = try EncodingWork(job)
    try answer(Duel.Ready(differenceCount: try work.differences(from: job.ids)))
    while let line = readLine() {
      if line == "cold" { try work.forget() }
      let seconds = Stopwatch.processorSeconds { work.encode() }
      try answer(Duel.Turn(seconds: seconds))
    }
  }

  private func load(_ job: Job) throws {
    guard let file = job.file else { throw TokenizerBenchmarkError.incomplete(job.name) }
    _ = try EncodingWork.tokenizer(file)
    try answer(Duel.Ready(differenceCount: 0))
    while readLine() != nil {
      var tokenizer: Tokenizer?
      let seconds = try Stopwatch.processorSeconds { tokenizer = try EncodingWork.tokenizer(file) }
      try answer(Duel.Turn(seconds: tokenizer == nil ? 0 : seconds))
    }
  }

  private func train(_ job: Job) throws {
    let work = try TrainingWork(job)
    try answer(Duel.Ready(differenceCount: 0))
    while readLine() != nil {
      var merges: (() -> [String])?
      let seconds = try Stopwatch.processorSeconds { merges = try work.train() }
      var differenceCount = 0
      if let merges = merges?(), job.peer == .huggingFace {
        let expected = try String(contentsOfFile: job.ids, encoding: .utf8).split(separator: "\n")
        differenceCount =
          zip(merges, expected).count { $0 != $1 } + abs(merges.count - expected.count)
      }
      try answer(Duel.Turn(seconds: seconds, differenceCount: differenceCount))
    }
  }

  private func answer(_ answer: some Encodable) throws {
    let line = try JSONEncoder().encode(answer) + Data("\n".utf8)
    try FileHandle.standardOutput.write(contentsOf: line)
  }
}
