import Foundation
import RondoCheckpoints
import Testing

@testable import RondoRecipes

@Suite(.serialized) struct MetricsLineTests {
  private static let step =
    #"{"epoch":0,"event":"step","gradientNorm":1,"learningRate":0.5,"loss":2,"paddingShare":0,"#
    + #""step":3,"tokensPerSecond":9}"#
  private static let validation =
    #"{"event":"validation","figures":{"loss":2},"isBest":true,"seconds":1,"step":4}"#

  @Test("A line is written as it is read, with its kind", arguments: [step, validation])
  func roundTrip(text: String) throws {
    let line = try JSONDecoder().decode(MetricsLine.self, from: Data(text.utf8))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(line), as: UTF8.self) == text)
  }

  @Test("A line that lacks a field, or is of no known kind, is refused by its number")
  func damaged() throws {
    let temporary = try TemporaryFolder()
    let run = try newRun(tinyNumberWords(), at: "\(temporary.path)/run")
    func history(_ lines: String...) throws -> ([Int], [Int]) {
      let text = lines.map { $0 + "\n" }.joined()
      try run.folder.write(Array(text.utf8), to: "metrics.jsonl")
      let history = try run.history()
      return (history.reports.map(\.step), history.validations.map(\.step))
    }
    #expect(try history(Self.step, Self.validation, Self.step) == ([3, 3], [4]))

    for (line, problem) in [
      (Self.step.replacing(#""loss":2,"#, with: ""), "the field 'loss' is missing"),
      (Self.step.replacing(#""event":"step","#, with: ""), "the field 'event' is missing"),
      (
        Self.validation.replacing("validation", with: "test"),
        "the field 'event' has a value that is not allowed"
      ),
      (
        Self.validation.replacing("true", with: "1.5"),
        "the field 'isBest' has a value of another kind"
      ),
    ] {
      let error = #expect(throws: CheckpointError.self) {
        try history(Self.step, Self.validation, line)
      }
      #expect(
        error
          == .damaged(
            file: run.folder.path(of: "metrics.jsonl"), problem: "on line 3 \(problem)"))
    }
  }
}
