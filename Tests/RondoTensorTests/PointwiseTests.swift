import Testing

@testable import RondoTensor

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct PointwiseTests {
  private let values: [Double] = [-2, -0.5, 0, 0.25, 3]
  private var x: Tensor { Tensor(values, shape: [5]) }

  @Test("Functions of one number agree with the mathematics library")
  func functions() {
    let cases: [(Tensor, (Double) -> Double)] = [
      (x.exponential(), { exp($0) }), (x.tanh(), { (exp($0) - exp(-$0)) / (exp($0) + exp(-$0)) }),
      (x.sigmoid(), { 1 / (1 + exp(-$0)) }), (x.relu(), { max(0, $0) }),
      (x.gelu(), { $0 * 0.5 * (1 + erf($0 / 2.0.squareRoot())) }),
      (x.squared(), { $0 * $0 }), (x.absolute(), { abs($0) }), (-x, { -$0 }),
      (x.sine(), { sin($0) }), (x.cosine(), { cos($0) }),
      (x.clamped(to: -1...1), { min(1, max(-1, $0)) }), (x.power(3), { $0 * $0 * $0 }),
      (x + 1, { $0 + 1 }), (1 - x, { 1 - $0 }), (x - 1, { $0 - 1 }), (2 * x, { 2 * $0 }),
      (x / 4, { $0 / 4 }), (1 / (x + 5), { 1 / ($0 + 5) }), (1 + x, { 1 + $0 }),
      (x.squared().squareRoot(), { abs($0) }), ((x + 5).logarithm(), { log($0 + 5) }),
    ]
    for (index, (tensor, function)) in cases.enumerated() {
      let isEqual = zip(tensor.doubles, values).allSatisfy { abs($0 - function($1)) < 1e-12 }
      #expect(isEqual, "case \(index): \(tensor.doubles)")
    }
  }

  @Test("Arithmetic broadcasts") func broadcasting() {
    let column = Tensor([10, 20] as [Float], shape: [2, 1])
    let row = Tensor([1, 2, 4] as [Float], shape: [3])
    #expect((column + row).scalars == [11, 12, 14, 21, 22, 24])
    #expect((column - row).scalars == [9, 8, 6, 19, 18, 16])
    #expect((column * row).scalars == [10, 20, 40, 20, 40, 80])
    #expect((column / row).scalars == [10, 5, 2.5, 20, 10, 5])
  }

  @Test("Comparisons give truth values") func comparisons() {
    let ids = Tensor(ids: [0, 3, 5], shape: [3])
    #expect(ids.isEqual(to: 3).truths == [false, true, false])
    #expect(ids.isNot(3).truths == [true, false, true])
    #expect(ids.isLess(than: 3).truths == [true, false, false])
    #expect(ids.isGreater(than: 3).truths == [false, false, true])
    let other = Tensor(ids: [1, 3, 4], shape: [3])
    #expect(ids.isLess(than: other).truths == [true, false, false])
    #expect(ids.isGreater(than: other).truths == [false, false, true])
    #expect(ids.isEqual(to: other).and(ids.isNot(0)).truths == [false, true, false])
    #expect(ids.isEqual(to: 0).or(ids.isEqual(to: 5)).not().truths == [false, true, false])
    #expect(
      Tensor([0, .infinity, .nan] as [Float], shape: [3]).isFinite().truths == [true, false, false])
    #expect(ids.isNot(9).all() && !ids.isNot(3).all())
  }

  @Test("Elements are replaced where a condition holds") func replacing() {
    let mask = Tensor([true, false], shape: [2])
    let x = Tensor([1, 2] as [Float], shape: [2])
    #expect(x.replacing(with: -.infinity, where: mask).scalars == [-.infinity, 2])
    #expect(x.replacing(with: x * 10, where: mask).scalars == [10, 2])
  }

  @Test("Reductions run along one axis or all") func reductions() {
    let x = Tensor([1, 5, 3, 4, 2, 6] as [Float], shape: [2, 3])
    #expect(x.sum().item == 21 && x.mean().item == 3.5)
    #expect(x.sum(axis: 1).scalars == [9, 12] && x.sum(axis: 0, keepsAxis: true).shape == [1, 3])
    #expect(x.mean(axis: 0).scalars == [2.5, 3.5, 4.5])
    #expect(x.maximum(axis: 1).scalars == [5, 6] && x.minimum(axis: 1).scalars == [1, 2])
    #expect(x.argmax(axis: 1).ids == [1, 2])
    #expect(x.cumulativeSum(axis: 1).scalars == [1, 6, 9, 4, 6, 12])
    #expect(x.standardDeviation(axis: 1).scalars == [2, 2])
    #expect(Tensor([3, 4] as [Float], shape: [2]).norm().item == 5)
    let top = x.top(count: 2, axis: 1)
    #expect(top.values.scalars == [5, 3, 6, 4] && top.indices.ids == [1, 2, 2, 0])
  }

  @Test("Softmax sums to one and its logarithm agrees") func softmax() {
    let x = Tensor([0, log(3.0)], shape: [1, 2])
    let isClose = zip(x.softmax(axis: -1).doubles, [0.25, 0.75]).allSatisfy { abs($0 - $1) < 1e-12 }
    #expect(isClose)
    #expect(abs(x.logSoftmax(axis: -1).doubles[1] - log(0.75)) < 1e-12)
    #expect(abs(x.logSumExp(axis: 1).item - log(4.0)) < 1e-12)
  }

  @Test("Cross-entropy counts what is not ignored") func crossEntropy() {
    let logits = Tensor([0, log(3.0), 5, 5, 1, 9], shape: [3, 2])
    let targets = Tensor(ids: [1, 0, -100], shape: [3])
    let expected = (-log(0.75) - log(0.5)) / 2
    #expect(abs(logits.crossEntropy(targets).item - expected) < 1e-12)
    #expect(abs(logits.crossEntropy(targets, isSummed: true).item - 2 * expected) < 1e-12)
  }
}
