/// The adding problem: two numbers in a long sequence are marked, and the target is their sum.
///
/// Each step holds a number in `0..<1` and a mark, which is 1 at one step of the first half and at
/// one of the second, and 0 elsewhere. The baseline, always predicting 1, has a mean squared error
/// of 1/6, the variance of the sum of two such numbers.
///
/// - Source: Hochreiter and Schmidhuber,
///   [Long Short-Term Memory](https://doi.org/10.1162/neco.1997.9.8.1735), 1997, section 5.4, in
///   the form of [Le, Jaitly and Hinton](https://arxiv.org/abs/1504.00941), 2015, section 4.1.
public struct AddingProblem: ExampleGenerator, Hashable {
  /// T, the number of steps.
  public let length: Int

  /// Creates the problem.
  ///
  /// - Parameter length: T, the number of steps, at least 2.
  public init(length: Int) {
    guard length >= 2 else { fatalError("the adding problem needs 2 steps or more, got \(length)") }
    self.length = length
  }

  /// Draws the numbers and marks two of them.
  public func draw(using generator: inout SplitMix64) -> NumericExample {
    let numbers = (0..<length).map { _ in Float(generator.number(below: 1 << 24)) * 0x1p-24 }
    let half = length / 2
    let marked = [generator.number(below: half), half + generator.number(below: length - half)]
    let features = numbers.indices.flatMap { step -> [Float] in
      [numbers[step], marked.contains(step) ? 1 : 0]
    }
    return NumericExample(
      features: features, featureCount: 2, target: marked.map { numbers[$0] }.reduce(0, +))
  }

  /// Returns the bit patterns of the numbers and the marks.
  public func identity(of example: NumericExample) -> [Int] { example.bits }
}
