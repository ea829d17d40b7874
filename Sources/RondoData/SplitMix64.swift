/// A small, fast random number generator with 64 bits of state.
///
/// ```text
/// s ← s + φ                   φ = 2⁶⁴ divided by the golden ratio, odd
/// z = mix(s)                  two rounds of xor-shift and multiply
/// ```
///
/// The state is `Codable`, so a resumed run continues with the same numbers. The methods
/// ``number(below:)``, ``unit()`` and ``normal()`` are implemented here and not by the standard
/// library, whose algorithms may change from one version of Swift to the next.
///
/// - Source: Steele, Lea and Flood,
///   [Fast Splittable Pseudorandom Number Generators](https://doi.org/10.1145/2660193.2660195), 2014.
public struct SplitMix64: RandomNumberGenerator, Hashable, Sendable, Codable {
  /// The state, which determines all later numbers.
  public private(set) var state: UInt64

  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Creates a generator.
  ///
  /// - Parameter seed: The initial state; any value will do.
  public init(seed: UInt64) {
    state = seed
  }

  /// Creates one of many independent generators from one seed.
  ///
  /// - Parameters:
  ///   - seed: The seed shared by all streams.
  ///   - stream: The index of the stream, for example an epoch.
  public init(seed: UInt64, stream: Int) {
    state = Self.mixed(
      Self.mixed(seed) ^ Self.mixed(UInt64(bitPattern: Int64(stream)) &+ Self.step))
  }

  /// Returns the next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mixed(state)
  }

  /// Returns a uniformly distributed number in `0..<bound`.
  ///
  /// - Parameter bound: The number of possible results, at least 1.
  /// - Returns: The number.
  public mutating func number(below bound: Int) -> Int {
    guard bound > 0 else {
      fatalError("number(below:) expects a bound of at least 1, got \(bound)")
    }
    let width = UInt64(bound)
    // Without this rejection the first numbers of the range would be slightly more likely.
    let surplus = (0 &- width) % width
    while true {
      let product = next().multipliedFullWidth(by: width)
      if product.low >= surplus { return Int(product.high) }
    }
  }

  /// Returns a uniformly distributed number in a closed range.
  public mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + number(below: range.upperBound - range.lowerBound + 1)
  }

  /// Returns a uniformly distributed number in `0..<1`.
  public mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Returns a random element, each equally likely.
  ///
  /// - Parameter elements: The elements to choose from, at least one.
  /// - Returns: The chosen element.
  public mutating func element<Element>(of elements: [Element]) -> Element {
    elements[number(below: elements.count)]
  }

  /// Returns the elements in random order.
  public mutating func shuffled<Element>(_ elements: some Sequence<Element>) -> [Element] {
    var result = Array(elements)
    guard result.count > 1 else { return result }
    for last in stride(from: result.count - 1, to: 0, by: -1) {
      result.swapAt(last, number(below: last + 1))
    }
    return result
  }

  /// Returns an invertible hash of `bits`, which depends on every bit.
  static func mixed(_ bits: UInt64) -> UInt64 {
    var z = bits
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
