import Foundation
import RondoText
import Turns

/// What is measured of Rondo alone: two threads beside one, and texts that repeat one unit.
struct OwnMeasurements {
  let folder: String
  let rounds: Int

  /// The names of all entries.
  static var names: [String] {
    Job.textNames.flatMap { ["threads/\($0)/cold", "threads/\($0)/warm"] }
      + models.map { "repeated/\($0.name)" }
  }

  private static let models: [(name: String, file: String)] = [
    ("gpt2", "gpt2.json"), ("cl100k", "cl100k.tiktoken"), ("word-pieces", "word-pieces.json"),
    ("unigram", "unigram.model"), ("sentencepiece-bpe", "sentencepiece-bpe.model"),
  ]

  private static let units = [
    "a", " ", "\u{301}", "漢", "🙂", "👩‍👧", "\n", " \n", "<", "'", "A", "1", "-", "▁", "\u{0}", "é",
    "a ",
  ]

  /// Wall seconds of one thread beside those of two, with a GPT-2-like vocabulary.
  func threads(_ text: String) throws -> [Measurement] {
    let job = Job(
      name: "threads", work: .encode, peer: .tiktoken, file: "\(folder)/gpt2.json",
      text: "\(folder)/\(text)", ids: "")
    let work = try EncodingWork(job, threadCount: 2)
    var times: [String: (one: [Double], two: [Double])] = [:]
    // Wall time wanders more than processor time.
    for _ in 0..<max(rounds, 21) {
      for count in [1, 2] {
        try work.forget()
        for temperature in ["cold", "warm", "warm", "warm"] {
          let seconds = Stopwatch.wallSeconds { work.encode(threadCount: count) }
          if count == 1 {
            times[temperature, default: ([], [])].one.append(seconds)
          } else {
            times[temperature, default: ([], [])].two.append(seconds)
          }
        }
      }
    }
    let megabytes = Double(try Documents("\(folder)/\(text)").bytes.count) / 1e6
    return times.sorted { $0.key < $1.key }.map { temperature, times in
      Measurement(
        entry: "threads/\(text)/\(temperature)", megabytes: megabytes,
        rondo: .init(seconds: Spread(of: times.two), peakBytes: nil),
        peer: .init(seconds: Spread(of: times.one), peakBytes: nil))
    }
  }

  /// Processor seconds of a megabyte of the unit that takes a model longest; names the unit.
  func repeated(_ entry: String) throws -> Measurement? {
    guard let model = Self.models.first(where: { "repeated/\($0.name)" == entry }) else {
      return nil
    }
    let slowest = try Self.units.map { unit in
      let text = Array(String(repeating: unit, count: 1_000_000 / unit.utf8.count).utf8)
      let seconds = try (0..<3).map { _ in
        let tokenizer = try EncodingWork.tokenizer("\(folder)/\(model.file)")
        return Stopwatch.processorSeconds {
          text.withUnsafeBufferPointer { tokenizer.withTokens(of: $0) { _ in } }
        }
      }
      return (unit: unit, seconds: Spread(of: seconds))
    }.max { $0.seconds.median < $1.seconds.median }
    return slowest.map { slowest in
      Measurement(
        entry: "\(entry) of \(slowest.unit.debugDescription)",
        rondo: .init(seconds: slowest.seconds, peakBytes: nil))
    }
  }
}
