/// A name with labelled numbers in a recipe, such as `linear(from: 1, to: 0, over: 100)`.
struct WrittenCall {
  let name: Substring
  private let arguments: [Substring: Double]

  /// Parses calls that are joined by periods, such as `cosine(from: 1, to: 0, over: 9).perEpoch`.
  ///
  /// - Parameter text: The calls.
  /// - Returns: The calls in order, or `nil` when the text is something else.
  static func chain(_ text: String) -> [WrittenCall]? {
    var calls: [WrittenCall] = []
    var rest = text[...]
    while let match = rest.prefixMatch(of: /([A-Za-z]+)(?:\(([^()]*)\))?/) {
      guard let call = WrittenCall(match.1, match.2 ?? "") else { return nil }
      calls.append(call)
      rest = rest[match.range.upperBound...]
      if rest.isEmpty { return calls }
      guard rest.removeFirst() == "." else { return nil }
    }
    return nil
  }

  private init?(_ name: Substring, _ list: Substring) {
    self.name = name
    var arguments: [Substring: Double] = [:]
    for argument in list.split(separator: ",", omittingEmptySubsequences: false)
    where !list.isEmpty {
      guard let match = argument.wholeMatch(of: /\ *(?:([A-Za-z]+)\ *:)?\ *([^\ :]+)\ */),
        let value = Double(match.2), value.isFinite,
        arguments.updateValue(value, forKey: match.1 ?? "") == nil
      else { return nil }
    }
    self.arguments = arguments
  }

  /// Returns the numbers with the given labels.
  ///
  /// - Parameters:
  ///   - labels: The required labels; an empty one stands for a number without a label.
  ///   - count: A further required label, whose value is a whole number above 0.
  ///   - defaults: Optional labels, with their default values.
  /// - Returns: The numbers in this order, or `nil` when one is missing or a label is unknown.
  func values(
    _ labels: [Substring], count: Substring? = nil,
    defaults: KeyValuePairs<Substring, Double> = [:]
  ) -> [Double]? {
    let required = labels + (count.map { [$0] } ?? [])
    let known = required + defaults.map(\.key)
    guard arguments.keys.allSatisfy(known.contains) else { return nil }
    if let count = count.flatMap({ arguments[$0] }) {
      guard 1...1e12 ~= count, count.rounded() == count else { return nil }
    }
    var found: [Double] = []
    for label in required {
      guard let value = arguments[label] else { return nil }
      found.append(value)
    }
    return found + defaults.map { arguments[$0.key] ?? $0.value }
  }
}

/// Formats a number as recipes write it, without `.0` after a whole one.
func written(_ value: Double) -> String {
  Int(exactly: value).map(String.init) ?? "\(value)"
}
