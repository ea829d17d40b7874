import RondoData

/// Answers each line of standard input by a line of standard output.
enum LineFilter {
  /// A line and its number, counted from 1.
  struct Input {
    let number: Int
    let text: String
  }

  /// How many lines are answered by one write at most; fewer when no more are waiting.
  private static let batchSize = 1024

  /// Runs until standard input ends, or a line is not what it should be.
  ///
  /// - Parameter answer: Makes the answer to a line, without a line end.
  /// - Throws: What `answer` throws, `LineError` for a line that is no text, `DataError` and
  ///   `OutputError`. The answers to the lines before are written first.
  static func run(_ answer: (Input) throws -> [UInt8]) throws {
    let input = LineInput()
    while let lines = try input.next(atMost: batchSize) {
      var output: [UInt8] = []
      do {
        for line in lines {
          output += try answer(checked(line))
          output.append(UInt8(ascii: "\n"))
        }
      } catch {
        try Terminal.write(bytes: output)
        throw error
      }
      try Terminal.write(bytes: output)
    }
  }

  private static func checked(_ line: Line) throws(LineError) -> Input {
    switch line.text {
    case .success(let text): return Input(number: line.number, text: text)
    case .failure(let damage): throw LineError(damage)
    }
  }
}
