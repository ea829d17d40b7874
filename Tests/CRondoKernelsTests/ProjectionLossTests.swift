import CRondoKernels
import Foundation
import Testing

extension KernelTests {
  @Suite struct ProjectionLossTests {
    /// A random projection with random targets, some of them ignored.
    struct Case {
      var rows = 5
      var hidden = 6
      var vocabulary = 7
      var hasBias = true
      var smoothing: Float = 0
      var seed: UInt64 = 1

      struct Outcome {
        let losses: Floats
        let gradients: [Floats]
        let targets: [Int64]
      }

      func run(threads: Int = 1, isReference: Bool = false) -> Outcome {
        var generator = SplitMix(state: seed)
        var workers = makeWorkers(threads)
        let x = Floats(count: rows * hidden, using: &generator)
        let weight = Floats(count: vocabulary * hidden, using: &generator)
        let bias = Floats(count: vocabulary, using: &generator)
        let targets = (0..<rows).map { _ in
          Int64.random(in: -1..<Int64(vocabulary), using: &generator)
        }
        let losses = Floats(count: rows)
        let gradients = [x, weight, bias].map { Floats(count: $0.count) }
        targets.withUnsafeBufferPointer { ids in
          var loss = rondo_projection_loss(
            row_count: Int64(rows), hidden_size: Int64(hidden),
            vocabulary_size: Int64(vocabulary), x: x.readable, weight: weight.readable,
            bias: hasBias ? bias.readable : nil, targets: ids.baseAddress, ignored: -1,
            smoothing: smoothing, losses: losses.start, scale: 0.5,
            x_gradient: gradients[0].start, weight_gradient: gradients[1].start,
            bias_gradient: gradients[2].start)
          let scratch = Floats(
            count: max(vocabulary, Int(rondo_projection_loss_scratch(&loss, Int64(threads)))))
          (isReference
            ? rondo_compute_projection_loss_reference : rondo_compute_projection_loss)(
              &loss, scratch.start, &workers)
        }
        return Outcome(losses: losses, gradients: gradients, targets: targets)
      }
    }

    static let cases = [
      Case(rows: 1, hidden: 1, vocabulary: 2),
      Case(rows: 3, hidden: 16, vocabulary: 16, hasBias: false, smoothing: 0.1),
      Case(rows: 40, hidden: 33, vocabulary: 100, smoothing: 0.1),
      Case(rows: 600, hidden: 5, vocabulary: 37),
      Case(rows: 9, hidden: 20, vocabulary: 3001, hasBias: false),
    ]

    @Test("The fast loss equals the reference, with its gradients", arguments: 0..<5)
    func equalsReference(index: Int) {
      var one = Self.cases[index]
      one.seed = UInt64(index + 1)
      let expected = one.run(isReference: true)
      onEachInstructionSet {
        for threads in 1...2 {
          let found = one.run(threads: threads)
          expectClose(found.losses, expected.losses, within: 1e-5, "losses of \(one)")
          for (found, expected) in zip(found.gradients, expected.gradients) {
            expectClose(found, expected, within: 1e-4, "gradient of \(one)")
          }
        }
      }
    }

    @Test("An ignored row has no loss and no gradient")
    func ignoredRows() {
      let one = Case(rows: 64, hidden: 8, vocabulary: 3)
      let found = one.run()
      #expect(found.targets.contains(-1))
      for (row, target) in found.targets.enumerated() {
        let gradient = found.gradients[0].values[(row * 8)..<((row + 1) * 8)]
        #expect((target == -1) == (found.losses.values[row] == 0))
        #expect((target == -1) == gradient.allSatisfy { $0 == 0 })
      }
    }

    @Test("The loss of two classes is the softplus of their difference")
    func twoClasses() {
      let one = Case(rows: 1, hidden: 1, vocabulary: 2, hasBias: false, seed: 5)
      var generator = SplitMix(state: one.seed)
      let drawn = Floats(count: 3, using: &generator).values.map(Double.init)
      onEachInstructionSet {
        let found = one.run()
        let target = Int(found.targets[0])
        #expect(target >= 0)
        let difference = drawn[0] * (drawn[2 - target] - drawn[1 + target])
        #expect(abs(Double(found.losses.values[0]) - log(1 + exp(difference))) < 1e-6)
      }
    }
  }
}
