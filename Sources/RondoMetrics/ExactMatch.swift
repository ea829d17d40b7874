/// Exact-match accuracy: the share of answers that equal a reference to the last character.
public struct ExactMatch: Hashable, Sendable {
  /// The number of answers that equal one of their references.
  public private(set) var matchCount = 0
  /// The number of answers.
  public private(set) var count = 0

  /// Creates an accuracy with no answers.
  public init() {}

  /// Adds an answer with one reference.
  public mutating func add(_ hypothesis: String, reference: String) {
    add(hypothesis, references: [reference])
  }

  /// Adds an answer, which is compared code point by code point.
  ///
  /// - Parameters:
  ///   - hypothesis: The answer.
  ///   - references: The accepted answers.
  public mutating func add(_ hypothesis: String, references: [String]) {
    add(isMatch: references.contains { $0.utf8.elementsEqual(hypothesis.utf8) })
  }

  /// Adds an answer that has already been compared.
  public mutating func add(isMatch: Bool) {
    matchCount += isMatch ? 1 : 0
    count += 1
  }

  /// Adds the answers of another accuracy.
  public mutating func merge(_ other: ExactMatch) {
    matchCount += other.matchCount
    count += other.count
  }

  /// The share of exact matches, from 0 to 1, or NaN without answers.
  public var share: Double { count > 0 ? Double(matchCount) / Double(count) : .nan }
}
