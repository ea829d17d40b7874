import Foundation
import RondoData

/// Transforms each line of standard input into a line of standard output.
///
/// Lines that have arrived together are processed on all cores, and written together in the order
/// of the input; a line that arrives alone is processed at once.
enum LineFilter {
  /// A line and its number, counted from 1.
  struct Input: Sendable {
    let number: Int
    let text: String
    /// The bytes of a line that is not UTF-8, where these are taken; `text` is empty then.
    var bytes: [UInt8]?
  }

  /// The results of a few lines, up to the first invalid one.
  private struct Answers {
    var bytes: [UInt8] = []
    var failure: (any Error)?
  }

  /// How many lines are answered by one write at most; fewer when no more are waiting.
  private static let batchSize = 4096
  /// How many lines a core answers before it takes the next few.
  private static let blockSize = 16

  /// Runs until standard input ends, or a line is invalid.
  ///
  /// - Parameters:
  ///   - takesBytes: Whether lines that are not UTF-8 are accepted.
  ///   - answer: Returns the output for a line, without a line ending.
  /// - Returns: The number of lines.
  /// - Throws: Any error of `answer`, `LineError` for a line that is not text, `DataError` and
  ///   `OutputError`. The outputs of the lines before are written first.
  @discardableResult
  static func run(
    takesBytes: Bool = false, _ answer: @Sendable (Input) throws -> [UInt8]
  ) throws -> Int {
    let input = LineInput()
    var lineCount = 0
    while let lines = try input.next(atMost: batchSize) {
      let blocks = answers(to: lines) { line in
        try answer(checked(line, takesBytes: takesBytes))
      }
      let end = blocks.firstIndex { $0.failure != nil }
      var output: [UInt8] = []
      for block in blocks[...(end ?? blocks.count - 1)] { output += block.bytes }
      try Terminal.write(bytes: output)
      if let failure = end.flatMap({ blocks[$0].failure }) { throw failure }
      lineCount += lines.count
    }
    return lineCount
  }

  /// Answers lines, of which there is at least one, a block at a time.
  private static func answers(
    to lines: [Line], _ answer: @Sendable (Line) throws -> [UInt8]
  ) -> [Answers] {
    let blockCount = (lines.count + blockSize - 1) / blockSize
    return [Answers](unsafeUninitializedCapacity: blockCount) { blocks, count in
      nonisolated(unsafe) let blocks = blocks
      DispatchQueue.concurrentPerform(iterations: blockCount) { index in
        let start = index * blockSize
        let block = lines[start..<min(start + blockSize, lines.count)]
        blocks.initializeElement(at: index, to: answers(to: block, answer))
      }
      count = blockCount
    }
  }

  private static func answers(
    to lines: ArraySlice<Line>, _ answer: (Line) throws -> [UInt8]
  ) -> Answers {
    var answers = Answers()
    do {
      for line in lines {
        answers.bytes += try answer(line)
        answers.bytes.append(UInt8(ascii: "\n"))
      }
    } catch {
      answers.failure = error
    }
    return answers
  }

  private static func checked(_ line: Line, takesBytes: Bool) throws(LineError) -> Input {
    switch line.text {
    case .success(let text): return Input(number: line.number, text: text)
    case .failure(let damage):
      guard takesBytes, let bytes = line.bytes else { throw LineError(damage) }
      return Input(number: line.number, text: "", bytes: bytes)
    }
  }
}
