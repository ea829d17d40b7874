import CRondoKernels
import Foundation
import Testing

/// A recurrent layer with random weights and inputs, run forwards and backwards.
struct RecurrenceCase {
  var cell = RONDO_GRU
  var batch = 3
  var steps = 5
  var input = 4
  var hidden = 7
  var lengths: [Int]?
  var isReversed = false
  var seed: UInt64 = 1

  struct Outcome {
    let sequence, finalHidden, finalCell: Floats
    let gradients: [(name: String, values: Floats)]
  }

  var gateCount: Int { cell == RONDO_RNN ? 1 : cell == RONDO_GRU ? 3 : 4 }

  func plan() -> [Int64] {
    var plan = [Int64](repeating: -1, count: Int(rondo_plan_size(Int64(batch), Int64(steps))))
    rondo_make_plan(
      Int64(batch), Int64(steps), lengths?.map(Int64.init), isReversed, &plan)
    return plan
  }

  /// Runs the layer with the fast kernels on some threads, or with the reference; without its steps
  /// kept, only forwards.
  func run(threads: Int = 1, isReference: Bool = false, keepsSteps: Bool = true) -> Outcome {
    var generator = SplitMix(state: seed)
    var workers = makeWorkers(threads)
    let (rows, isLSTM) = (gateCount * hidden, cell == RONDO_LSTM)
    let x = Floats(count: batch * steps * input, using: &generator)
    let h0 = Floats(count: batch * hidden, using: &generator)
    let c0 = Floats(count: batch * hidden, using: &generator)
    let bound = 1 / Float(hidden).squareRoot()
    let inputWeight = Floats(count: rows * input, scale: 0.5, using: &generator)
    let hiddenWeight = Floats(count: rows * hidden, scale: 2 * bound, using: &generator)
    let inputBias = Floats(count: rows, using: &generator)
    let hiddenBias = Floats(count: rows, using: &generator)
    var layer = rondo_recurrence(
      cell: cell, batch_size: Int64(batch), step_count: Int64(steps), input_size: Int64(input),
      hidden_size: Int64(hidden))
    var weights = rondo_recurrence_weights(
      input: inputWeight.readable, hidden: hiddenWeight.readable, input_bias: inputBias.readable,
      hidden_bias: hiddenBias.readable)
    let plan = plan()

    let sequence = Floats(count: batch * steps * hidden)
    let (finalHidden, finalCell) = (Floats(count: batch * hidden), Floats(count: batch * hidden))
    let trace = Floats(count: Int(rondo_recurrence_trace(&layer, plan, keepsSteps)))
    let scratch = Floats(
      count: Int(
        max(
          rondo_recurrence_forward_scratch(&layer, plan),
          rondo_recurrence_backward_scratch(&layer, plan, Int64(threads)))))
    var forward = rondo_recurrence_forward_arguments(
      x: x.readable, initial_hidden: h0.readable, initial_cell: isLSTM ? c0.readable : nil,
      sequence: sequence.start, final_hidden: finalHidden.start,
      final_cell: isLSTM ? finalCell.start : nil, trace: trace.start, keeps_steps: keepsSteps)
    (isReference ? rondo_recurrence_forward_reference : rondo_recurrence_forward)(
      &layer, plan, &weights, &forward, scratch.start, &workers)
    if !isLSTM { finalCell.start.update(repeating: 0, count: finalCell.count) }
    guard keepsSteps else {
      return Outcome(
        sequence: sequence, finalHidden: finalHidden, finalCell: finalCell, gradients: [])
    }

    let dsequence = Floats(count: sequence.count, using: &generator)
    let dhidden = Floats(count: h0.count, using: &generator)
    let dcell = Floats(count: h0.count, using: &generator)
    let gradients = [
      ("x", Floats(count: x.count)), ("h0", Floats(count: h0.count)),
      ("c0", Floats(count: isLSTM ? c0.count : 0)), ("W", Floats(count: rows * input)),
      ("U", Floats(count: rows * hidden)), ("b", Floats(count: rows)), ("d", Floats(count: rows)),
    ]
    var backward = rondo_recurrence_backward_arguments(
      x: x.readable, trace: trace.readable, sequence_gradient: dsequence.readable,
      final_hidden_gradient: dhidden.readable,
      final_cell_gradient: isLSTM ? dcell.readable : nil, x_gradient: gradients[0].1.start,
      initial_hidden_gradient: gradients[1].1.start,
      initial_cell_gradient: isLSTM ? gradients[2].1.start : nil,
      input_weight_gradient: gradients[3].1.start, hidden_weight_gradient: gradients[4].1.start,
      input_bias_gradient: gradients[5].1.start, hidden_bias_gradient: gradients[6].1.start)
    (isReference ? rondo_recurrence_backward_reference : rondo_recurrence_backward)(
      &layer, plan, &weights, &backward, scratch.start, &workers)
    return Outcome(
      sequence: sequence, finalHidden: finalHidden, finalCell: finalCell, gradients: gradients)
  }
}

extension KernelTests {
  @Suite struct RecurrenceTests {
    static let cells = [RONDO_RNN, RONDO_GRU, RONDO_LSTM]

    static let cases: [RecurrenceCase] = [
      RecurrenceCase(batch: 1, steps: 1, input: 1, hidden: 1),
      RecurrenceCase(batch: 1, steps: 9, input: 3, hidden: 16),
      RecurrenceCase(batch: 1, steps: 4, input: 17, hidden: 33, isReversed: true),
      RecurrenceCase(batch: 5, steps: 6, input: 2, hidden: 15, lengths: [6, 0, 3, 1, 6]),
      RecurrenceCase(
        batch: 5, steps: 6, input: 16, hidden: 20, lengths: [0, 4, 4, 2, 5], isReversed: true),
      RecurrenceCase(batch: 2, steps: 3, input: 4, hidden: 5, lengths: [0, 0]),
      RecurrenceCase(batch: 30, steps: 7, input: 9, hidden: 48),
      RecurrenceCase(
        batch: 19, steps: 8, input: 31, hidden: 70, lengths: (0..<19).map { $0 % 9 }),
      RecurrenceCase(batch: 3, steps: 4, input: 8, hidden: 210),
      RecurrenceCase(batch: 40, steps: 60, input: 3, hidden: 8, lengths: (21...60).map { $0 }),
    ]

    @Test("The fast recurrence equals the reference, forwards and backwards", arguments: cells)
    func equalsReference(cell: rondo_cell) {
      onEachInstructionSet {
        for (index, sample) in Self.cases.enumerated() {
          var one = sample
          (one.cell, one.seed) = (cell, UInt64(index + 1))
          let expected = one.run(isReference: true)
          for threads in 1...3 {
            let found = one.run(threads: threads)
            expectClose(found.sequence, expected.sequence, within: 1e-5, "sequence \(one)")
            expectClose(found.finalHidden, expected.finalHidden, within: 1e-5, "hidden \(one)")
            expectClose(found.finalCell, expected.finalCell, within: 1e-5, "cell \(one)")
            for (found, expected) in zip(found.gradients, expected.gradients) {
              expectClose(found.values, expected.values, within: 1e-4, "d\(found.name) \(one)")
            }
          }
        }
      }
    }

    @Test("The number of threads does not change a bit of a recurrence", arguments: cells)
    func threadsDoNotMatter(cell: rondo_cell) {
      let one = RecurrenceCase(
        cell: cell, batch: 21, steps: 12, input: 40, hidden: 90,
        lengths: (0..<21).map { $0 % 13 }, isReversed: true)
      onEachInstructionSet {
        let alone = one.run()
        for threads in 2...4 {
          let shared = one.run(threads: threads)
          expectSame(shared.sequence, alone.sequence, "sequence")
          for (shared, alone) in zip(shared.gradients, alone.gradients) {
            expectSame(shared.values, alone.values, "d\(shared.name)")
          }
        }
      }
    }

    @Test("A layer that keeps no steps gives the same bits", arguments: cells)
    func keepsNoSteps(cell: rondo_cell) {
      onEachInstructionSet {
        for sample in Self.cases {
          var one = sample
          one.cell = cell
          for isReference in [false, true] {
            for threads in 1...(isReference ? 1 : 3) {
              let kept = one.run(threads: threads, isReference: isReference)
              let found = one.run(threads: threads, isReference: isReference, keepsSteps: false)
              expectSame(found.sequence, kept.sequence, "sequence \(one)")
              expectSame(found.finalHidden, kept.finalHidden, "hidden \(one)")
              expectSame(found.finalCell, kept.finalCell, "cell \(one)")
            }
          }
        }
      }
    }

    @Test("Padding is exactly zero, and a row without steps keeps its initial state")
    func paddingIsZero() {
      for cell in Self.cells {
        let one = RecurrenceCase(cell: cell, batch: 4, steps: 6, hidden: 18, lengths: [2, 0, 6, 5])
        let found = one.run(threads: 2)
        for (row, length) in [2, 0, 6, 5].enumerated() {
          let values = found.sequence.values[(row * 6 * 18)..<((row + 1) * 6 * 18)]
          #expect(values.dropFirst(length * 18).allSatisfy { $0 == 0 })
          #expect(values.prefix(length * 18).allSatisfy { $0 != 0 })
        }
        var generator = SplitMix(state: one.seed)
        _ = Floats(count: 4 * 6 * one.input, using: &generator)
        let h0 = Floats(count: 4 * 18, using: &generator).values
        #expect(found.finalHidden.values[18..<36] == h0[18..<36])
      }
    }

    @Test("One unit of a GRU follows its equations")
    func equationsOfAGRU() {
      let one = RecurrenceCase(batch: 1, steps: 1, input: 1, hidden: 1)
      var generator = SplitMix(state: one.seed)
      func take(_ count: Int, scale: Float = 1) -> [Double] {
        Floats(count: count, scale: scale, using: &generator).values.map(Double.init)
      }
      let (x, h) = (take(1)[0], take(1)[0])
      _ = take(1)
      let (w, u, b, d) = (take(3, scale: 0.5), take(3, scale: 2), take(3), take(3))
      func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
      let r = sigmoid(w[0] * x + b[0] + u[0] * h + d[0])
      let z = sigmoid(w[1] * x + b[1] + u[1] * h + d[1])
      let n = tanh(w[2] * x + b[2] + r * (u[2] * h + d[2]))
      onEachInstructionSet {
        let found = Double(one.run().finalHidden.values[0])
        #expect(abs(found - ((1 - z) * n + z * h)) < 1e-6)
      }
    }

    @Test("One unit of an LSTM follows its equations")
    func equationsOfAnLSTM() {
      let one = RecurrenceCase(cell: RONDO_LSTM, batch: 1, steps: 1, input: 1, hidden: 1)
      var generator = SplitMix(state: one.seed)
      func take(_ count: Int, scale: Float = 1) -> [Double] {
        Floats(count: count, scale: scale, using: &generator).values.map(Double.init)
      }
      let (x, h, c) = (take(1)[0], take(1)[0], take(1)[0])
      let (w, u, b, d) = (take(4, scale: 0.5), take(4, scale: 2), take(4), take(4))
      func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
      let sums = (0..<4).map { w[$0] * x + b[$0] + u[$0] * h + d[$0] }
      let cell = sigmoid(sums[1]) * c + sigmoid(sums[0]) * tanh(sums[2])
      onEachInstructionSet {
        let found = one.run()
        #expect(abs(Double(found.finalCell.values[0]) - cell) < 1e-6)
        #expect(abs(Double(found.finalHidden.values[0]) - sigmoid(sums[3]) * tanh(cell)) < 1e-6)
      }
    }
  }
}
