/// Scalars listed one by one or by ranges, as between brackets of a regular expression: `[A-Za-zé]`.
public struct ScalarList: Hashable, Sendable {
  /// The text between the brackets.
  let spelling: String
  /// The ranges, ascending and disjoint.
  private let ranges: [ClosedRange<UInt32>]

  /// Parses a list; `nil` if it contains anything else, such as an escape or a nested class.
  ///
  /// - Parameter spelling: The text between the brackets.
  public init?(_ spelling: String) {
    let scalars = Array(spelling.unicodeScalars)
    guard !scalars.isEmpty, !scalars.contains(where: { "\\[]^&".unicodeScalars.contains($0) })
    else { return nil }
    var found: [ClosedRange<UInt32>] = []
    var index = 0
    while index < scalars.count {
      let isRange = index + 2 < scalars.count && scalars[index + 1] == "-"
      let (first, last) = (scalars[index], scalars[isRange ? index + 2 : index])
      guard first != "-", last != "-", first <= last else { return nil }
      found.append(first.value...last.value)
      index += isRange ? 3 : 1
    }
    self.spelling = spelling
    ranges = found.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, range in
      guard let last = joined.last, range.lowerBound <= last.upperBound + 1 else {
        joined.append(range)
        return
      }
      joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
    }
  }

  /// Whether the list contains a scalar.
  func contains(_ scalar: UInt32) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(scalar)
  }
}

extension ScalarList {
  /// Parses the regular expression of a run, `[…]+`.
  init?(run: String) {
    guard run.hasPrefix("["), run.hasSuffix("]+") else { return nil }
    self.init(String(run.dropFirst().dropLast(2)))
  }

  /// The regular expression of a run.
  var run: String { "[\(spelling)]+" }
}
