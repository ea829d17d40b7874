/// The part of the possible examples from which to draw.
public enum ExamplePart: String, Hashable, Sendable, Codable {
  /// Examples to train on.
  case training
  /// Examples for validation and tests, which are never trained on.
  case heldOut
}

/// A task whose examples are generated.
///
/// Every possible example belongs to one part by a fixed rule that does not depend on a seed. So no
/// training set, from whatever seed, shares an example with any held-out set.
public protocol ExampleGenerator: Sendable {
  /// The type of the examples.
  associatedtype Example: Sendable

  /// Draws an example of either part.
  func draw(using generator: inout SplitMix64) -> Example

  /// Returns numbers that identify an example's input among all inputs.
  func identity(of example: Example) -> [Int]

  /// Returns whether an example is so basic that it is never held out.
  func isBasic(_ example: Example) -> Bool
}

extension ExampleGenerator {
  /// Returns false: any example may be held out.
  public func isBasic(_ example: Example) -> Bool { false }

  /// Returns the part to which an example belongs: about one in ten is held out.
  public func part(of example: Example) -> ExamplePart {
    if isBasic(example) { return .training }
    return Self.hash(identity(of: example)) % 10 == 0 ? .heldOut : .training
  }

  /// Returns examples of one part.
  ///
  /// - Parameters:
  ///   - count: The number of examples.
  ///   - part: The part to draw from.
  ///   - seed: The seed; the same seed returns the same examples.
  /// - Returns: The examples. Held-out examples are distinct; training examples may repeat.
  public func examples(_ count: Int, _ part: ExamplePart = .training, seed: UInt64) -> [Example] {
    var generator = SplitMix64(seed: seed)
    var examples: [Example] = []
    var seen: Set<[Int]> = []
    var failures = 0
    examples.reserveCapacity(count)
    while examples.count < count {
      let example = draw(using: &generator)
      let isFresh = part == .training || !seen.contains(identity(of: example))
      if isFresh && self.part(of: example) == part {
        examples.append(example)
        if part == .heldOut { seen.insert(identity(of: example)) }
        failures = 0
      } else {
        failures += 1
      }
      guard failures < 100_000 else {
        let kind = part == .heldOut ? "held-out" : "training"
        fatalError(
          "\(self) has only about \(examples.count) \(kind) examples, and \(count) are asked for; "
            + "make the task larger")
      }
    }
    return examples
  }

  private static func hash(_ numbers: [Int]) -> UInt64 {
    numbers.reduce(UInt64(numbers.count)) { hash, number in
      SplitMix64.mixed(hash &* 31 &+ SplitMix64.mixed(UInt64(bitPattern: Int64(number)) &+ 1))
    }
  }
}
