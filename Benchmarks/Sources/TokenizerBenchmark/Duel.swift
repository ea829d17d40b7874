import Foundation
import Turns

/// One job, measured on both sides, which take turns; the one that waits is blocked on its pipe.
struct Duel {
  let job: Job
  let rounds: Int
  let python: String

  /// Once the turns have taken this long, three of each side are enough, and two trainings.
  private static let patience = Duration.seconds(12)

  /// What a side reports when it is ready.
  struct Ready: Codable {
    /// The number of results that differ from the other side's.
    var differenceCount: Int? = nil
  }

  /// What a side reports after a turn.
  struct Turn: Codable {
    let seconds: Double
    var differenceCount: Int? = nil
  }

  /// Measures a job.
  func run() throws -> [Measurement] {
    switch job.work {
    case .encode: try encode()
    case .load: try [load()]
    case .train: try [train()]
    }
  }

  private func peer() throws -> Contestant {
    let peer = try Contestant(
      job.peer.rawValue, entry: job.name, executable: python,
      arguments: [Places.peer.path, try jobText()], threadCount: 1)
    _ = try peer.answer(for: Ready.self)
    return peer
  }

  private func rondo() throws -> (Contestant, Ready) {
    let rondo = try Contestant(
      "Rondo", entry: job.name, executable: Bundle.main.executablePath ?? CommandLine.arguments[0],
      arguments: ["turns", try jobText()], threadCount: 1)
    return (rondo, try rondo.answer(for: Ready.self))
  }

  private func jobText() throws -> String {
    String(decoding: try JSONEncoder().encode(job), as: UTF8.self)
  }

  private func encode() throws -> [Measurement] {
    let documents = try Documents(job.text ?? "")
    let (peer, (rondo, ready)) = (try peer(), try rondo())
    let differenceCount = ready.differenceCount ?? 0
    // gigatoken goes its own way in a few documents. The reference libraries must agree, but for a
    // document that spells out a special token, which Hugging Face reads as that token.
    let allowed = job.peer == .huggingFace ? documents.ranges.count / 1000 : 0
    if differenceCount > allowed, job.peer != .gigatoken {
      throw TokenizerBenchmarkError.differentResults(
        entry: job.name, count: differenceCount, total: documents.ranges.count)
    }
    var times: [String: (rondo: [Double], peer: [Double])] = [:]
    let start = ContinuousClock.now
    for round in 0..<rounds {
      if round >= 3, ContinuousClock.now - start > Self.patience { break }
      let sides = round.isMultiple(of: 2) ? [rondo, peer] : [peer, rondo]
      for side in sides {
        for temperature in ["cold", "warm"] {
          let seconds = try side.ask(temperature, for: Turn.self).seconds
          if side === rondo {
            times[temperature, default: ([], [])].rondo.append(seconds)
          } else {
            times[temperature, default: ([], [])].peer.append(seconds)
          }
        }
      }
    }
    return times.sorted { $0.key < $1.key }.map { temperature, times in
      Measurement(
        entry: "\(job.name)/\(temperature)", megabytes: Double(documents.bytes.count) / 1e6,
        rondo: .init(times.rondo, of: rondo), peer: .init(times.peer, of: peer),
        differenceCount: differenceCount)
    }
  }

  private func load() throws -> Measurement {
    let (peer, (rondo, _)) = (try peer(), try rondo())
    var times: (rondo: [Double], peer: [Double]) = ([], [])
    for _ in 0..<rounds {
      times.rondo.append(try rondo.ask("load", for: Turn.self).seconds)
      times.peer.append(try peer.ask("load", for: Turn.self).seconds)
    }
    return Measurement(
      entry: job.name, rondo: .init(times.rondo, of: rondo), peer: .init(times.peer, of: peer))
  }

  /// Trains in processes of their own, so that the peak of memory is that of a training.
  private func train() throws -> Measurement {
    var times: (rondo: [Double], peer: [Double]) = ([], [])
    var peaks: (rondo: Int?, peer: Int?)
    var differenceCount = 0
    let start = ContinuousClock.now
    for round in 0..<rounds {
      if round >= 2, ContinuousClock.now - start > Self.patience { break }
      let peer = try peer()
      times.peer.append(try peer.ask("train", for: Turn.self).seconds)
      peaks.peer = peer.peakBytes
      let (rondo, _) = try rondo()
      let turn = try rondo.ask("train", for: Turn.self)
      times.rondo.append(turn.seconds)
      peaks.rondo = rondo.peakBytes
      differenceCount = turn.differenceCount ?? 0
    }
    guard differenceCount == 0 else {
      throw TokenizerBenchmarkError.differentResults(
        entry: job.name, count: differenceCount, total: job.vocabularySize ?? 0)
    }
    return Measurement(
      entry: job.name, rondo: .init(seconds: Spread(of: times.rondo), peakBytes: peaks.rondo),
      peer: .init(seconds: Spread(of: times.peer), peakBytes: peaks.peer))
  }
}
