/// Bracket strings to classify as balanced or not, as in Dyck languages.
///
/// Half of them are balanced, drawn so that every balanced string of a length is equally likely.
/// The others are balanced strings with one fault: a bracket of another kind, a bracket turned
/// around, or two brackets swapped. So the counts of opening and closing brackets reveal little.
///
/// - Source: Arnold and Sleep,
///   [Uniform Random Generation of Balanced Parenthesis Strings](https://doi.org/10.1145/357084.357091),
///   1980.
public struct Brackets: ExampleGenerator, Hashable {
  /// A bracket string and its label.
  public struct Example: Hashable, Sendable {
    /// The brackets.
    public let text: String
    /// Whether they balance.
    public let isBalanced: Bool
  }

  private static let kinds = ["()", "[]", "{}", "<>"].map(Array.init)

  /// The number of bracket kinds, in the order round, square, curly, angle.
  public let kindCount: Int
  /// The numbers of bracket pairs in a string, each equally likely.
  public let pairCounts: ClosedRange<Int>

  /// Creates the task.
  ///
  /// - Parameters:
  ///   - kindCount: The number of bracket kinds, from 1 to 4.
  ///   - pairCounts: The numbers of bracket pairs in a string, each equally likely.
  public init(kindCount: Int = 2, pairCounts: ClosedRange<Int>) {
    guard (1...Self.kinds.count).contains(kindCount), pairCounts.lowerBound >= 1 else {
      fatalError(
        "brackets come in 1 to \(Self.kinds.count) kinds and at least one pair, got \(kindCount) "
          + "kinds and \(pairCounts) pairs")
    }
    (self.kindCount, self.pairCounts) = (kindCount, pairCounts)
  }

  /// Draws a balanced string, and with probability one half introduces a fault.
  public func draw(using generator: inout SplitMix64) -> Example {
    let pairCount = generator.number(in: pairCounts)
    let balanced = balancedString(pairCount, using: &generator)
    guard generator.number(below: 2) == 0 else {
      return Example(text: String(balanced), isBalanced: true)
    }
    while true {
      let faulty = withFault(balanced, using: &generator)
      if !Self.isBalanced(faulty) { return Example(text: String(faulty), isBalanced: false) }
    }
  }

  /// Returns the brackets.
  public func identity(of example: Example) -> [Int] {
    example.text.unicodeScalars.map { Int($0.value) }
  }

  /// Returns whether every bracket is closed by one of its kind, in the right order.
  public static func isBalanced(_ text: some Sequence<Character>) -> Bool {
    var expected: [Character] = []
    for bracket in text {
      if let kind = kinds.first(where: { $0[0] == bracket }) {
        expected.append(kind[1])
      } else if expected.popLast() != bracket {
        return false
      }
    }
    return expected.isEmpty
  }

  private func balancedString(
    _ pairCount: Int, using generator: inout SplitMix64
  ) -> [Character] {
    var text: [Character] = []
    var open: [Character] = []
    for remaining in (1...2 * pairCount).reversed() {
      // With h brackets open and k to come, h (k + h + 2) of 2 k (h + 1) balanced strings
      // close one.
      let height = open.count
      let choice = generator.number(below: 2 * remaining * (height + 1))
      if choice < height * (remaining + height + 2) {
        text.append(open.removeLast())
      } else {
        let kind = Self.kinds[generator.number(below: kindCount)]
        text.append(kind[0])
        open.append(kind[1])
      }
    }
    return text
  }

  private func withFault(
    _ text: [Character], using generator: inout SplitMix64
  ) -> [Character] {
    var faulty = text
    let place = generator.number(below: text.count)
    let side = Self.kinds.contains { $0[0] == text[place] } ? 0 : 1
    let sides = Self.kinds.first { $0[side] == text[place] } ?? []
    switch generator.number(below: 3) {
    case 0: faulty[place] = Self.kinds[generator.number(below: kindCount)][side]
    case 1: faulty[place] = sides[1 - side]
    default: faulty.swapAt(place, generator.number(below: text.count))
    }
    return faulty
  }
}
