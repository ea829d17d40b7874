/// Examples split into training, validation and test sets.
public struct DataSplit<Element> {
  /// The training set.
  public let training: [Element]
  /// The validation set, for choosing a model and for early stopping.
  public let validation: [Element]
  /// The test set, for evaluating the chosen model once.
  public let test: [Element]

  /// Splits examples so that every set has the same class proportions (a stratified split).
  ///
  /// Each set holds the requested share of every class, rounded up or down, and of the whole,
  /// rounded to the nearest. The same seed splits the same examples in the same way, and each set
  /// keeps their order.
  ///
  /// - Parameters:
  ///   - elements: The examples.
  ///   - validation: The share of the validation set, in `0...1`.
  ///   - test: The share of the test set; together with `validation` at most 1.
  ///   - seed: The seed of the split.
  ///   - label: The class of an example.
  public init<Label: Hashable>(
    _ elements: [Element], validation: Double, test: Double, seed: UInt64,
    stratifiedBy label: (Element) -> Label
  ) {
    guard validation >= 0, test >= 0, validation + test <= 1 else {
      fatalError("shares of a split lie in 0...1 together, got \(validation) and \(test)")
    }
    var held = RoundedShare(validation + test)
    var tested = RoundedShare(test)
    var generator = SplitMix64(seed: seed)
    var parts = [Int](repeating: 0, count: elements.count)
    for members in Self.classes(of: elements, by: label) {
      let heldCount = held.take(from: members.count)
      let testCount = min(heldCount, tested.take(from: members.count))
      for (rank, member) in generator.shuffled(members).prefix(heldCount).enumerated() {
        parts[member] = rank < testCount ? 2 : 1
      }
    }
    func part(_ number: Int) -> [Element] {
      zip(elements, parts).filter { $0.1 == number }.map(\.0)
    }
    (training, self.validation, self.test) = (part(0), part(1), part(2))
  }

  /// Splits examples at random.
  ///
  /// - Parameters:
  ///   - elements: The examples.
  ///   - validation: The share of the validation set, in `0...1`.
  ///   - test: The share of the test set; together with `validation` at most 1.
  ///   - seed: The seed of the split.
  public init(_ elements: [Element], validation: Double, test: Double, seed: UInt64) {
    self.init(elements, validation: validation, test: test, seed: seed) { _ in 0 }
  }

  /// Returns the indices of each class, classes in the order in which they first appear.
  private static func classes<Label: Hashable>(
    of elements: [Element], by label: (Element) -> Label
  ) -> [[Int]] {
    var numbers: [Label: Int] = [:]
    var classes: [[Int]] = []
    for (offset, element) in elements.enumerated() {
      let number = numbers[label(element), default: classes.count]
      if number == classes.count {
        numbers[label(element)] = number
        classes.append([])
      }
      classes[number].append(offset)
    }
    return classes
  }
}

extension DataSplit: Sendable where Element: Sendable {}
extension DataSplit: Equatable where Element: Equatable {}

/// Takes a share of one group after another, so that the sum stays within 0.5 of the exact one.
private struct RoundedShare {
  private let share: Double
  private var seenCount = 0
  private var takenCount = 0

  init(_ share: Double) {
    self.share = share
  }

  mutating func take(from count: Int) -> Int {
    seenCount += count
    let due = Int((Double(seenCount) * share).rounded()) - takenCount
    takenCount += due
    return due
  }
}
