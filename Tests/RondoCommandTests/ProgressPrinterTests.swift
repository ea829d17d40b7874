import Foundation
import Testing

@testable import RondoCommand
@testable import RondoTraining

@Suite struct ProgressPrinterTests {
  /// What the terminal gets, or a file, while training goes on.
  private func written(
    isInteractive: Bool, width: Int = 200, _ events: [TrainingEvent]
  ) -> String {
    var text = ""
    let status = StatusLine(isInteractive: isInteractive, width: width) { text += $0 }
    let printer = ProgressPrinter(status)
    for event in events { printer.show(event) }
    return text
  }

  private func report(
    step: Int, clipped: Double? = nil, forced: Double? = nil, secondsLeft: Double? = nil
  ) -> TrainingEvent {
    .progressed(
      StepReport(
        step: step, epoch: 2, stepsPerEpoch: 500, loss: 0.03124567, learningRate: 4e-4,
        gradientNorm: 1, clippedShare: clipped, forcedShare: forced, paddingShare: 0.1,
        tokensPerSecond: 1_234_567.9, secondsLeft: secondsLeft))
  }

  private static let line =
    "step 1200/3000  loss 0.03125  lr 0.0004  1\u{202F}234\u{202F}567 tokens/s  12 min 34 s left"
  /// Goes to the beginning of a line and clears it.
  private static let clear = "\r\u{1B}[K"

  private var events: [TrainingEvent] {
    [
      .began(step: 600, totalStepCount: 3000), report(step: 1200, secondsLeft: 754.4),
      .validated(
        ValidationReport(
          step: 1200, figures: ["loss": 0.5, "exact": 0.75], isBest: true, seconds: 1)
      ),
      .saved(step: 1200, isBest: true), report(step: 1200, secondsLeft: 754.4),
      .ended(step: 3000, reason: .interrupted),
    ]
  }

  @Test("Where no terminal is, every report is a line of its own") func plain() {
    #expect(
      written(isInteractive: false, events) == """
        going on after step 600
        \(Self.line)
        validation after step 1200: exact 0.75  loss 0.5  (best)
        \(Self.line)
        interrupted after step 3000; everything is saved

        """)
  }

  @Test("On a terminal a report replaces the one before, and what stays stands above it")
  func interactive() {
    #expect(
      written(isInteractive: true, [report(step: 1), report(step: 2)])
        == [1, 2].map {
          "\(Self.clear)step \($0)  loss 0.03125  lr 0.0004  1\u{202F}234\u{202F}567 tokens/s"
        }.joined())
    #expect(
      written(isInteractive: true, events) == """
        going on after step 600
        \(Self.clear)\(Self.line)\(Self.clear)\
        validation after step 1200: exact 0.75  loss 0.5  (best)
        \(Self.clear)\(Self.line)\(Self.clear)\
        interrupted after step 3000; everything is saved

        """)
  }

  @Test("A report fits the terminal, which wraps what reaches its last column")
  func narrow() {
    let event = [TrainingEvent.began(step: 0, totalStepCount: 3000), report(step: 1200)]
    for (width, shown) in [(30, 29), (12, 20)] {
      #expect(
        written(isInteractive: true, width: width, event) == Self.clear + Self.line.prefix(shown))
    }
    #expect(written(isInteractive: false, width: 30, event).hasSuffix("tokens/s\n"))
  }

  @Test("A total that was too low an estimate is shown no longer") func exceeded() {
    let events = [TrainingEvent.began(step: 0, totalStepCount: 3000), report(step: 3000)]
    #expect(written(isInteractive: false, events).hasPrefix("step 3000/3000  loss"))
    let later = [events[0], report(step: 3010)]
    #expect(written(isInteractive: false, later).hasPrefix("step 3010  loss"))
  }

  @Test("Shares are shown where they say something") func shares() {
    let both = written(isInteractive: false, [report(step: 1, clipped: 0.254, forced: 0.5)])
    #expect(both.hasSuffix("tokens/s  forced 50 %  clipped 25 %\n"))
    let none = written(isInteractive: false, [report(step: 1, clipped: 0, forced: 1)])
    #expect(none.hasSuffix("tokens/s\n"))
  }

  @Test(
    "Time is told in two units",
    arguments: [
      (0.2, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (3_599.7, "1 h 0 min"),
      (93_784, "26 h 3 min"), (1e30, "277777777777 h 46 min"),
    ])
  func time(seconds: Double, words: String) { #expect(duration(seconds) == words) }
}
