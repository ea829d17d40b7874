import CRondoKernels
import Foundation
import Testing

extension KernelTests {
  @Suite struct AdditiveAttentionTests {
    /// A random attention, run forwards and backwards.
    struct Case {
      var batch = 3
      var source = 5
      var attention = 7
      var value = 6
      /// The shown positions of every row, or nil for all; row 0 sees nothing if asked so.
      var isMasked = false
      var isFirstRowBlind = false
      var seed: UInt64 = 1

      var visible: [Bool] {
        var generator = SplitMix(state: seed &+ 99)
        return (0..<(batch * source)).map { index in
          let isShown = Bool.random(using: &generator)
          return isFirstRowBlind && index < source ? false : isShown
        }
      }

      struct Outcome {
        let context, weights: Floats
        let gradients: [Floats]
      }

      func run(threads: Int = 1, isReference: Bool = false) -> Outcome {
        var generator = SplitMix(state: seed)
        var workers = makeWorkers(threads)
        let query = Floats(count: batch * attention, using: &generator)
        let keys = Floats(count: batch * source * attention, using: &generator)
        let energy = Floats(count: attention, using: &generator)
        let values = Floats(count: batch * source * value, using: &generator)
        let dcontext = Floats(count: batch * value, using: &generator)
        let dweights = Floats(count: batch * source, using: &generator)
        let context = Floats(count: batch * value)
        let weights = Floats(count: batch * source)
        let gradients = [query, keys, energy, values].map { Floats(count: $0.count) }
        var sizes = rondo_attention(
          batch_size: Int64(batch), source_count: Int64(source), attention_size: Int64(attention),
          value_size: Int64(value))
        let scratch = Floats(count: Int(rondo_attention_backward_scratch(&sizes, Int64(threads))))
        visible.withUnsafeBufferPointer { shown in
          var inputs = rondo_attention_inputs(
            query: query.readable, keys: keys.readable, energy: energy.readable,
            values: values.readable, visible: isMasked ? shown.baseAddress : nil)
          (isReference ? rondo_attention_forward_reference : rondo_attention_forward)(
            &sizes, &inputs, context.start, weights.start, &workers)
          var written = rondo_attention_gradients(
            context: dcontext.readable, weights: dweights.readable, query: gradients[0].start,
            keys: gradients[1].start, energy: gradients[2].start, values: gradients[3].start)
          (isReference ? rondo_attention_backward_reference : rondo_attention_backward)(
            &sizes, &inputs, weights.readable, &written, scratch.start, &workers)
        }
        return Outcome(context: context, weights: weights, gradients: gradients)
      }
    }

    static let cases = [
      Case(batch: 1, source: 1, attention: 1, value: 1),
      Case(batch: 2, source: 3, attention: 16, value: 64),
      Case(batch: 4, source: 17, attention: 33, value: 70, isMasked: true),
      Case(batch: 3, source: 40, attention: 5, value: 3, isMasked: true, isFirstRowBlind: true),
      Case(batch: 20, source: 31, attention: 48, value: 130, isMasked: true),
    ]

    @Test("The fast attention equals the reference, forwards and backwards", arguments: 0..<5)
    func equalsReference(index: Int) {
      var one = Self.cases[index]
      one.seed = UInt64(index + 1)
      let expected = one.run(isReference: true)
      onEachInstructionSet {
        for threads in 1...2 {
          let found = one.run(threads: threads)
          expectClose(found.context, expected.context, within: 1e-5, "context")
          expectClose(found.weights, expected.weights, within: 1e-5, "weights")
          for (found, expected) in zip(found.gradients, expected.gradients) {
            expectClose(found, expected, within: 1e-4, "gradient")
          }
        }
      }
    }

    @Test("Hidden positions weigh exactly zero, and visible ones sum to one")
    func hiddenWeighsNothing() {
      let one = Case(
        batch: 6, source: 21, attention: 20, value: 9, isMasked: true, isFirstRowBlind: true)
      onEachInstructionSet {
        let found = one.run()
        for (weight, isVisible) in zip(found.weights.values, one.visible) {
          #expect(isVisible ? weight > 0 : weight == 0)
        }
        for row in 1..<6 {
          let total = found.weights.values[(row * 21)..<((row + 1) * 21)].reduce(0, +)
          #expect(abs(total - 1) < 1e-6)
        }
        #expect(found.context.values.prefix(9).allSatisfy { $0 == 0 })
        #expect(found.gradients.allSatisfy { $0.values.allSatisfy(\.isFinite) })
      }
    }

    @Test("Two positions are weighed by the logistic function of their difference")
    func twoPositions() {
      let one = Case(batch: 1, source: 2, attention: 1, value: 1)
      var generator = SplitMix(state: one.seed)
      let drawn = Floats(count: 4, using: &generator).values.map(Double.init)
      let (q, v) = (drawn[0], drawn[3])
      let difference = v * (tanh(q + drawn[2]) - tanh(q + drawn[1]))
      onEachInstructionSet {
        #expect(abs(Double(one.run().weights.values[1]) - 1 / (1 + exp(-difference))) < 1e-6)
      }
    }
  }
}
