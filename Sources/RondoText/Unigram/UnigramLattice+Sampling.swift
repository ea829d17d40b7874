#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension UnigramLattice {
  /// Samples a segmentation, which is then in ``steps``.
  ///
  /// ```text
  /// P(x₁ x₂ …) ∝ Πᵢ p(xᵢ)^α        α is the smoothing
  /// ```
  ///
  /// With a smoothing of 0 all segmentations are equally likely; the larger it is, the more likely
  /// is the best one. The weights of all paths to each position are summed from left to right, and
  /// then pieces are sampled from right to left (forward filtering, backward sampling).
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - smoothing: The exponent α.
  ///   - random: The random number generator.
  func sample(
    _ text: UnsafeBufferPointer<UInt8>, smoothing: Double,
    using random: inout some RandomNumberGenerator
  ) {
    let edges = edges(of: text)
    // The logarithm of the total weight of all paths to each position.
    var weights = [Double](repeating: -.infinity, count: text.count + 1)
    weights[0] = 0
    for edge in edges {
      let weight = weights[edge.start] + smoothing * edge.cost
      let (higher, lower) = (max(weights[edge.end], weight), min(weights[edge.end], weight))
      weights[edge.end] = lower == -.infinity ? higher : higher + log1p(exp(lower - higher))
    }
    var incoming = [[Int]](repeating: [], count: text.count + 1)
    for (index, edge) in edges.enumerated() { incoming[edge.end].append(index) }
    var steps: [Step] = []
    var end = text.count
    while end > 0 {
      var rest = Double.random(in: 0..<1, using: &random)
      var chosen = incoming[end][0]
      for index in incoming[end] {
        chosen = index
        let edge = edges[index]
        rest -= exp(weights[edge.start] + smoothing * edge.cost - weights[end])
        if rest < 0 { break }
      }
      let edge = edges[chosen]
      steps.append(Step(id: edge.id, start: Int32(edge.start), end: Int32(edge.end)))
      end = edge.start
    }
    replaceSteps(steps.reversed())
  }
}
