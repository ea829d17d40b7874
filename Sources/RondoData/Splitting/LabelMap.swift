/// The names of classes and the numbers that stand for them.
///
/// The map is saved with a model, so that its answers can be read; its JSON form is the list of names.
public struct LabelMap: Hashable, Sendable {
  /// The names; the number of a class is its place in the list.
  public let labels: [String]
  private let ids: [String: Int]

  /// Numbers the distinct labels of a data set, in alphabetical order.
  ///
  /// - Parameter labels: The labels, in any order and number.
  public init(of labels: some Sequence<String>) {
    self.labels = Set(labels).sorted()
    ids = Self.ids(of: self.labels)
  }

  private static func ids(of labels: [String]) -> [String: Int] {
    Dictionary(zip(labels, labels.indices)) { first, _ in first }
  }

  /// The number of classes.
  public var count: Int { labels.count }

  /// Returns the number of a class, or `nil` if there is no such class.
  public func id(of label: String) -> Int? { ids[label] }

  /// Returns the name of a class.
  public func label(_ id: Int) -> String { labels[id] }

  /// Returns the numbers of labels.
  ///
  /// - Parameter labels: The labels, all of them known.
  /// - Returns: The number of each label.
  /// - Throws: `DataError.unknownLabel` at the first label that is not.
  public func encode(_ labels: some Sequence<String>) throws(DataError) -> [Int] {
    var encoded: [Int] = []
    for label in labels {
      guard let id = ids[label] else { throw .unknownLabel(label, known: self.labels) }
      encoded.append(id)
    }
    return encoded
  }
}

extension LabelMap: Codable {
  /// Reads the list of names, which must differ.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    labels = try container.decode([String].self)
    ids = Self.ids(of: labels)
    guard ids.count == labels.count else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "two classes have the same name")
    }
  }

  /// Writes the list of names.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(labels)
  }
}
