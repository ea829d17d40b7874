import ArgumentParser
import Foundation
import Rondo

/// Rondo's side: reads the number of calls of a turn, works, and answers with the times.
struct TurnsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "turns", abstract: "Work in turns, as told on standard input.",
    shouldDisplay: false)

  @Argument var entry: String
  @Argument var file: String
  @Argument var threads: Int

  func run() throws {
    Threads.count = threads
    let entry = try JSONDecoder().decode(Entry.self, from: Data(self.entry.utf8))
    let exchange = try Exchange(contentsOf: file)
    let work = try workload(of: entry, exchange)
    try answer(Duel.Ready(worstDifference: exchange.compare(work, entry)))

    let clock = ContinuousClock()
    while let line = readLine(), let count = Int(line) {
      let times = (0..<count).map { _ in
        let time = clock.measure { work.call() }
        return Double(time.components.seconds) * 1e9 + Double(time.components.attoseconds) / 1e9
      }
      try answer(Duel.Turn(nanoseconds: times))
    }
  }

  private func workload(of entry: Entry, _ exchange: Exchange) throws -> any Workload {
    switch entry.work {
    case .linear: try LayerWorkload.linear(entry, exchange)
    case .gru: try LayerWorkload.recurrent(GRUCell.self, entry, exchange)
    case .lstm: try LayerWorkload.recurrent(LSTMCell.self, entry, exchange)
    case .seq2seq: try Seq2SeqWorkload(entry, exchange)
    }
  }

  private func answer(_ answer: some Encodable) throws {
    let line = try JSONEncoder().encode(answer) + Data("\n".utf8)
    try FileHandle.standardOutput.write(contentsOf: line)
  }
}
