/// The number of references per sentence, for a signature: a number, or `var` when it varies.
struct ReferenceCount: Sendable, CustomStringConvertible {
  private var counts: Set<Int> = []

  /// Records the number of references of a sentence, which must be at least one.
  mutating func note(_ count: Int, for metric: String) {
    guard count > 0 else {
      fatalError("\(metric) expects at least one reference for each sentence and got none")
    }
    counts.insert(count)
  }

  mutating func merge(_ other: ReferenceCount) { counts.formUnion(other.counts) }

  var description: String {
    counts.count > 1 ? "var" : "\(counts.first ?? 0)"
  }
}
