import Foundation
import Turns

/// One entry, measured on both sides.
///
/// PyTorch's side makes weights and batch, writes them with its own results into a temporary
/// folder, and Rondo's side reads them and compares. Then they take turns, the one that began
/// waiting in every second round.
struct Duel {
  let entry: Entry
  let threadCount: Int
  let rounds: Int
  let turnSeconds: Double
  let python: String

  /// What a side reports when it is ready: how far its results are from the other's.
  struct Ready: Codable {
    let worstDifference: Double
  }

  /// What a side reports after a turn.
  struct Turn: Codable {
    let nanoseconds: [Double]
  }

  /// Starts both sides, compares their results, and lets them take turns.
  func run() throws -> Measurement {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "rondo-benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "exchange.safetensors").path
    let entryJSON = String(decoding: try JSONEncoder().encode(entry), as: UTF8.self)
    let arguments = [entryJSON, file, "\(threadCount)"]

    let peer = try Contestant(
      "PyTorch", entry: entry.name, executable: python, arguments: [Places.peer.path] + arguments,
      threadCount: threadCount)
    _ = try peer.answer(for: Ready.self)
    let rondo = try Contestant(
      "Rondo", entry: entry.name, executable: try ownPath(), arguments: ["turns"] + arguments,
      threadCount: threadCount)
    let ready = try rondo.answer(for: Ready.self)

    let count = try callCount(rondo, peer)
    var times: (rondo: [Double], peer: [Double]) = ([], [])
    for round in 0..<rounds {
      for isRondo in round.isMultiple(of: 2) ? [true, false] : [false, true] {
        let seconds = try turn(isRondo ? rondo : peer, callCount: count)
        if isRondo { times.rondo.append(seconds) } else { times.peer.append(seconds) }
      }
    }
    return Measurement(
      entry: entry.name, threadCount: threadCount, callsPerTurn: count,
      rondo: .init(seconds: Spread(of: times.rondo), peakBytes: rondo.peakBytes),
      peer: .init(seconds: Spread(of: times.peer), peakBytes: peer.peakBytes),
      worstDifference: ready.worstDifference)
  }

  /// The number of calls of a turn, so that the slower side takes about as long as asked for.
  private func callCount(_ rondo: Contestant, _ peer: Contestant) throws -> Int {
    let slower = try [rondo, peer].map { contestant in
      _ = try turn(contestant, callCount: 2)
      return try turn(contestant, callCount: 3)
    }.max()
    return max(1, Int((turnSeconds / (slower ?? turnSeconds)).rounded()))
  }

  /// The median seconds of the calls of one turn.
  private func turn(_ contestant: Contestant, callCount: Int) throws -> Double {
    let turn = try contestant.ask("\(callCount)", for: Turn.self)
    return Spread(of: turn.nanoseconds).median / 1e9
  }

  private func ownPath() throws -> String {
    Bundle.main.executablePath ?? CommandLine.arguments[0]
  }
}
