/// A numbering of n-grams: equal n-grams, and only those, get equal numbers.
///
/// An n-gram is identified by the number of its first n − 1 units and the number of its last one,
/// so counting all orders takes one lookup per n-gram, whatever its length.
struct NGramIndex<Unit: Hashable> {
  private struct Step: Hashable {
    let prefix: Int
    let last: Int
  }

  private var units: [Unit: Int] = [:]
  private var numbers: [Step: Int] = [:]

  /// Counts the n-grams of each order; the first element of the result holds the unigrams.
  mutating func counts(of sequence: [Unit], upTo highestOrder: Int) -> [[Int: Int]] {
    let lasts = sequence.map { unit in number(of: unit) }
    var prefixes = Array(repeating: -1, count: lasts.count)  // the empty n-gram before each unit
    return (0..<highestOrder).map { length in
      prefixes = zip(prefixes, lasts.dropFirst(length)).map { prefix, last in
        number(of: Step(prefix: prefix, last: last))
      }
      return prefixes.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
  }

  private mutating func number(of unit: Unit) -> Int {
    if let known = units[unit] { return known }
    units[unit] = units.count
    return units.count - 1
  }

  private mutating func number(of step: Step) -> Int {
    if let known = numbers[step] { return known }
    numbers[step] = numbers.count
    return numbers.count - 1
  }
}
