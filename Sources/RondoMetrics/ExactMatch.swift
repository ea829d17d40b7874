/// The share of answers that are right to the last character.
public struct ExactMatch: Hashable, Sendable {
  /// The answers equal to one of their references.
  public private(set) var matchCount = 0
  /// All answers.
  public private(set) var count = 0

  /// Creates the share of no answers yet.
  public init() {}

  /// Adds an answer with one right form.
  public mutating func add(_ hypothesis: String, reference: String) {
    add(hypothesis, references: [reference])
  }

  /// Adds an answer, which is compared code point by code point.
  ///
  /// - Parameters:
  ///   - hypothesis: The answer.
  ///   - references: The forms that are right.
  public mutating func add(_ hypothesis: String, references: [String]) {
    add(isMatch: references.contains { $0.utf8.elementsEqual(hypothesis.utf8) })
  }

  /// Adds an answer that has been compared already.
  public mutating func add(isMatch: Bool) {
    matchCount += isMatch ? 1 : 0
    count += 1
  }

  /// Adds the answers of another share.
  public mutating func merge(_ other: ExactMatch) {
    matchCount += other.matchCount
    count += other.count
  }

  /// The share of right answers, from 0 to 1, or NaN for no answers.
  public var share: Double { count > 0 ? Double(matchCount) / Double(count) : .nan }
}
