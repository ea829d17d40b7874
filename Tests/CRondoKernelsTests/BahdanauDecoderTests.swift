import CRondoKernels
import Testing

extension KernelTests {
  @Suite struct BahdanauDecoderTests {
    /// A random decoder, run forwards and backwards.
    struct Case {
      var batch = 3
      var steps = 4
      var source = 5
      var input = 6
      var hidden = 7
      var attention = 8
      var value = 9
      var isMasked = false
      var seed: UInt64 = 1

      struct Outcome {
        let results: [Floats]
        let gradients: [Floats]
      }

      func run(threads: Int = 1, isReference: Bool = false) -> Outcome {
        var generator = SplitMix(state: seed)
        var workers = makeWorkers(threads)
        func random(_ counts: Int..., scale: Float = 1) -> Floats {
          Floats(count: counts.reduce(1, *), scale: scale, using: &generator)
        }
        let bound = 1 / Float(hidden).squareRoot()
        let read = [
          random(batch, steps, input), random(batch, source, attention),
          random(batch, source, value), random(batch, hidden),
          random(attention, hidden, scale: bound), random(attention),
          random(3 * hidden, input + value, scale: 0.3), random(3 * hidden, hidden, scale: bound),
          random(3 * hidden), random(3 * hidden),
        ]
        let visible = (0..<(batch * source)).map {
          $0 % source == 0 || Bool.random(using: &generator)
        }
        var decoder = rondo_decoder(
          batch_size: Int64(batch), step_count: Int64(steps), source_count: Int64(source),
          input_size: Int64(input), hidden_size: Int64(hidden), attention_size: Int64(attention),
          value_size: Int64(value))
        var plan = [Int64](repeating: 0, count: Int(rondo_plan_size(Int64(batch), Int64(steps))))
        rondo_make_plan(Int64(batch), Int64(steps), nil, false, &plan)
        let trace = Floats(count: Int(rondo_decoder_trace(&decoder)))
        let scratch = Floats(
          count: Int(
            max(
              rondo_decoder_forward_scratch(&decoder),
              rondo_decoder_backward_scratch(&decoder, Int64(threads)))))
        let results = [hidden, value, source].map { Floats(count: batch * steps * $0) }
        let given = results.map { Floats(count: $0.count, using: &generator) }
        let gradients = read.map { Floats(count: $0.count) }
        visible.withUnsafeBufferPointer { shown in
          var inputs = rondo_decoder_inputs(
            embedded: read[0].readable, keys: read[1].readable, values: read[2].readable,
            visible: isMasked ? shown.baseAddress : nil, initial_hidden: read[3].readable,
            query_weight: read[4].readable, energy: read[5].readable,
            weights: rondo_recurrence_weights(
              input: read[6].readable, hidden: read[7].readable, input_bias: read[8].readable,
              hidden_bias: read[9].readable))
          var written = rondo_decoder_results(
            states: results[0].start, contexts: results[1].start, weights: results[2].start,
            trace: trace.start)
          (isReference ? rondo_decoder_forward_reference : rondo_decoder_forward)(
            &decoder, plan, &inputs, &written, scratch.start, &workers)
          var undone = rondo_decoder_gradients(
            weights: results[2].readable, trace: trace.readable,
            states_gradient: given[0].readable, contexts_gradient: given[1].readable,
            weights_gradient: given[2].readable, embedded: gradients[0].start,
            keys: gradients[1].start, values: gradients[2].start,
            initial_hidden: gradients[3].start, query_weight: gradients[4].start,
            energy: gradients[5].start, input_weight: gradients[6].start,
            hidden_weight: gradients[7].start, input_bias: gradients[8].start,
            hidden_bias: gradients[9].start)
          (isReference ? rondo_decoder_backward_reference : rondo_decoder_backward)(
            &decoder, plan, &inputs, &undone, scratch.start, &workers)
        }
        return Outcome(results: results, gradients: gradients)
      }
    }

    static let cases = [
      Case(batch: 1, steps: 1, source: 1, input: 1, hidden: 1, attention: 1, value: 1),
      Case(batch: 1, steps: 5, source: 3, input: 16, hidden: 16, attention: 16, value: 16),
      Case(batch: 5, steps: 3, source: 9, input: 5, hidden: 33, attention: 20, value: 66),
      Case(batch: 11, steps: 6, source: 18, input: 40, hidden: 30, attention: 70, value: 12),
      Case(batch: 50, steps: 45, source: 4, input: 3, hidden: 6, attention: 5, value: 7),
    ]

    @Test("The fast decoder equals the reference, forwards and backwards", arguments: 0..<5)
    func equalsReference(index: Int) {
      var one = Self.cases[index]
      (one.seed, one.isMasked) = (UInt64(index + 1), index % 2 == 1)
      let expected = one.run(isReference: true)
      onEachInstructionSet {
        for threads in 1...2 {
          let found = one.run(threads: threads)
          for (found, expected) in zip(found.results, expected.results) {
            expectClose(found, expected, within: 1e-5, "result of \(one)")
          }
          for (found, expected) in zip(found.gradients, expected.gradients) {
            expectClose(found, expected, within: 1e-4, "gradient of \(one)")
          }
        }
      }
    }

    @Test("The number of threads does not change a bit of a decoder")
    func threadsDoNotMatter() {
      let one = Case(
        batch: 13, steps: 9, source: 12, input: 30, hidden: 50, attention: 40, value: 45)
      let alone = one.run()
      for threads in 2...4 {
        let shared = one.run(threads: threads)
        for (shared, alone) in zip(
          shared.results + shared.gradients, alone.results + alone.gradients)
        {
          expectSame(shared, alone, "\(threads) threads")
        }
      }
    }
  }
}
