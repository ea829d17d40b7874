/// A small, fast random number generator whose whole state is one number.
///
/// ```text
/// s ← s + φ                   φ = 2⁶⁴ divided by the golden ratio, odd
/// z = mix(s)                  two rounds of xor-shift and multiply
/// ```
///
/// The state is `Codable`, so a run that stops can go on with the same numbers. What is drawn from
/// it (``number(below:)``, ``unit()``, ``normal()``) is computed here and not by the standard
/// library, whose algorithms may change from one version of Swift to the next.
///
/// - Source: Steele, Lea and Flood,
///   [Fast Splittable Pseudorandom Number Generators](https://doi.org/10.1145/2660193.2660195), 2014.
public struct SplitMix64: RandomNumberGenerator, Hashable, Sendable, Codable {
  /// The state, from which all later numbers follow.
  public private(set) var state: UInt64

  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Creates a generator.
  ///
  /// - Parameter seed: The state to begin with; every value is a good one.
  public init(seed: UInt64) {
    state = seed
  }

  /// Creates the generator of one of many independent streams under one seed.
  ///
  /// - Parameters:
  ///   - seed: The seed shared by all streams.
  ///   - stream: The number of the stream, for example an epoch.
  public init(seed: UInt64, stream: Int) {
    state = Self.mixed(
      Self.mixed(seed) ^ Self.mixed(UInt64(bitPattern: Int64(stream)) &+ Self.step))
  }

  /// Returns the next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mixed(state)
  }

  /// Returns a number from 0 up to, not including, `bound`, each equally likely.
  ///
  /// - Parameter bound: The number of possible results, at least 1.
  /// - Returns: The number.
  public mutating func number(below bound: Int) -> Int {
    guard bound > 0 else {
      fatalError("number(below:) expects a bound of at least 1, got \(bound)")
    }
    let width = UInt64(bound)
    // The first numbers of the range would be a little likelier without this rejection.
    let surplus = (0 &- width) % width
    while true {
      let product = next().multipliedFullWidth(by: width)
      if product.low >= surplus { return Int(product.high) }
    }
  }

  /// Returns a number of a closed range, each equally likely.
  public mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + number(below: range.upperBound - range.lowerBound + 1)
  }

  /// Returns a number in `0..<1`.
  public mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Returns one of the elements, each equally likely.
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

  /// Returns a number that depends on every bit of `bits`, and from which `bits` could be computed.
  static func mixed(_ bits: UInt64) -> UInt64 {
    var z = bits
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
