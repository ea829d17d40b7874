import Foundation
import RondoTestSupport
import Testing

@testable import RondoTraining

@Suite struct ScheduleTests {
  private func expect(
    _ schedule: Schedule, _ formula: (Double) -> Double, _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let isExact = (0..<150).allSatisfy { abs(schedule($0) - formula(Double($0))) < 1e-12 }
    #expect(isExact, comment, sourceLocation: sourceLocation)
  }

  @Test("Each shape is its closed form, and stays where it ends") func closedForms() {
    expect(.constant(0.3), { _ in 0.3 }, "constant")
    expect(.linear(from: 1, to: 0.2, over: 100), { 1 - 0.8 * min(1, $0 / 100) }, "linear")
    expect(.exponential(decay: 0.97, floor: 0.1), { max(0.1, pow(0.97, $0)) }, "exponential")
    expect(.inverseSigmoid(steepness: 10), { 10 / (10 + exp($0 / 10)) }, "inverse sigmoid")
    expect(
      .cosine(from: 1, to: 0.1, over: 100),
      { 0.1 + 0.9 * (1 + cos(.pi * min(1, $0 / 100))) / 2 }, "cosine")
    expect(
      .inverseSquareRoot(peak: 0.5, warmUp: 20),
      { 0.5 * min(($0 + 1) / 20, sqrt(20 / ($0 + 1))) }, "inverse square root")
    expect(
      Schedule.constant(2).warmingUp(over: 10), { $0 < 10 ? 2 * ($0 + 1) / 10 : 2 }, "warm-up")
  }

  @Test("Known values of the four schedules of teacher forcing", arguments: [0, 25, 50, 75, 99])
  func table(epoch: Int) {
    let table: [Int: [Double]] = [
      // Worked out by hand from the formulas, to four decimals.
      0: [1, 1, 0.9091, 1], 25: [0.75, 0.4670, 0.4508, 0.8536], 50: [0.5, 0.2181, 0.0631, 0.5],
      75: [0.25, 0.1018, 0.0055, 0.1464], 99: [0.01, 0.0490, 0.0005, 0.0002],
    ]
    let schedules: [Schedule] = [
      .linear(from: 1, to: 0, over: 100), .exponential(decay: 0.97),
      .inverseSigmoid(steepness: 10), .cosine(from: 1, to: 0, over: 100),
    ]
    for (schedule, expected) in zip(schedules, table[epoch] ?? []) {
      #expect(abs(schedule(epoch) - expected) < 6e-5, "\(schedule)")
    }
  }

  @Test("A schedule per epoch is its closed form of the epoch, and stays within it")
  func perEpoch() {
    let schedules: [(Schedule, (Double) -> Double)] = [
      (.linear(from: 1, to: 0.2, over: 20), { 1 - 0.8 * min(1, $0 / 20) }),
      (.cosine(from: 1, to: 0, over: 20), { (1 + cos(.pi * min(1, $0 / 20))) / 2 }),
      (.constant(2).warmingUp(over: 4), { $0 < 4 ? 2 * ($0 + 1) / 4 : 2 }),
    ]
    for (schedule, formula) in schedules {
      let perEpoch = schedule.perEpoch
      #expect(perEpoch.isPerEpoch && !schedule.isPerEpoch)
      expect(perEpoch.byStep(stepsPerEpoch: 7), { formula(($0 / 7).rounded(.down)) }, "\(perEpoch)")
      #expect(perEpoch(0) == schedule(0), "the first step is in the first epoch")
      #expect(perEpoch.byStep(stepsPerEpoch: 7)(-3) == schedule(0))
      #expect(schedule.byStep(stepsPerEpoch: 7) == schedule)
      let isOfEpoch = (0..<40).allSatisfy {
        perEpoch(step: 1_000, epoch: $0) == schedule($0)
          && schedule(step: $0, epoch: 3) == schedule($0)
      }
      #expect(isOfEpoch)
    }
  }

  @Test("A schedule per epoch asks how long an epoch is") func lengthlessEpochs() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Schedule.linear(from: 1, to: 0, over: 20).perEpoch(1)
    }
    #expect(
      message(of: result).contains(
        "linear(from: 1, to: 0, over: 20).perEpoch counts epochs; say with byStep(stepsPerEpoch:)"))
  }

  @Test("No schedule runs past its end or before its start") func clamped() {
    #expect(Schedule.linear(from: 1, to: 0, over: 100)(120) == 0)
    #expect(abs(Schedule.cosine(from: 1, to: 0, over: 100)(120)) < 1e-12)
    #expect(Schedule.linear(from: 1, to: 0, over: 100)(-5) == 1)
    #expect(Schedule.inverseSigmoid(steepness: 5)(100_000) == 0)
    #expect(abs(Schedule.inverseSigmoid(steepness: 5)(0) - 5.0 / 6) < 1e-12)
  }

  @Test(
    "A schedule reads as it prints",
    arguments: [
      "0.25", "linear(from: 1, to: 0.5, over: 2000)",
      "exponential(from: 0.9, decay: 0.99, floor: 0.1)", "inverseSigmoid(steepness: 500)",
      "cosine(from: 0.001, to: 0, over: 300).warmingUp(over: 20)",
      "inverseSquareRoot(peak: 0.005, warmUp: 2000)", "linear(from: 1, to: 0, over: 20).perEpoch",
      "constant(0.5).warmingUp(over: 3).perEpoch", "constant(2).warmingUp(over: 10)", "1e-30",
    ])
  func text(text: String) throws {
    let schedule = try Schedule(text)
    #expect(schedule.description == text)
    let json = try JSONEncoder().encode([schedule])
    #expect(try JSONDecoder().decode([Schedule].self, from: json) == [schedule])
  }

  @Test("A label may be left out where it has a usual value") func defaults() throws {
    #expect(
      try Schedule("exponential(decay: 0.99)") == .exponential(from: 1, decay: 0.99, floor: 0))
  }

  @Test(
    "What is no schedule is refused with the possibilities",
    arguments: [
      "", "lineal(from: 1, to: 0, over: 10)", "linear(from: 1, to: 0)",
      "linear(from: 1, to: 0, over: 0)", "linear(from: 1, to: 0, over: 10, by: 3)",
      "linear(from: one, to: 0, over: 10)", "cosine",
      "constant(1).warmingUp(over: 2).warmingUp(over: 2)",
      "inverseSigmoid(steepness: -1)", "linear(from: 1, to: 0, over: 10", "perEpoch", "nan",
      "linear(from: 1, to: 0, over: 10).perEpoch.perEpoch", "0.5.perEpoch", "linear(1, 0, 10)",
      "linear(from: 1, from: 1, to: 0, over: 10)", "linear(from: 1, to: 0, over: 2.5)",
      "linear(from: 1,, to: 0, over: 10)", "linear(from: 1, to: 0, over: 10).perEpoch(2)",
    ])
  func refused(text: String) {
    #expect {
      try Schedule(text)
    } throws: {
      "\($0)".contains("'\(text)' is no schedule; write a number, linear(")
    }
  }
}
