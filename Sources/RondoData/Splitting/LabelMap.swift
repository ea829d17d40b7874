/// The mapping between class labels and class indices.
///
/// The map is saved with a model, so that its predictions can be read; its JSON form is the list of
/// labels.
public struct LabelMap: Hashable, Sendable {
  /// The labels; the index of a class is its position in the list.
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

  /// Returns the index of a label, or `nil` if it is unknown.
  public func id(of label: String) -> Int? { ids[label] }

  /// Returns the label of a class index.
  public func label(_ id: Int) -> String { labels[id] }

  /// Returns the class indices of labels.
  ///
  /// - Parameter labels: The labels, all of them known.
  /// - Returns: The index of each label.
  /// - Throws: `DataError.unknownLabel` for the first unknown label.
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
  /// Decodes the list of labels, which must be distinct.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    labels = try container.decode([String].self)
    ids = Self.ids(of: labels)
    guard ids.count == labels.count else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "two classes have the same name")
    }
  }

  /// Encodes the list of labels.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(labels)
  }
}
