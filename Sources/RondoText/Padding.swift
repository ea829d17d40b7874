/// How encodings are padded to the same length.
public struct Padding: Hashable, Sendable {
  /// The side that is padded.
  public enum Direction: String, Hashable, Sendable {
    /// Before the text.
    case left = "Left"
    /// After the text.
    case right = "Right"
  }

  /// The side that is padded.
  public var direction: Direction
  /// The length to pad to, or `nil` for that of the longest encoding in a batch.
  public var length: Int?
  /// A number of which the length must be a multiple; lengths are rounded up.
  public var multiple: Int?
  /// The identifier of the padding token.
  public var id: Int
  /// The segment of the padding tokens.
  public var typeID: Int
  /// The padding token.
  public var token: String

  /// Creates padding options.
  ///
  /// - Parameters:
  ///   - direction: The side that is padded.
  ///   - length: The length to pad to, or `nil` for that of the longest encoding in a batch.
  ///   - multiple: A number of which the length must be a multiple.
  ///   - id: The identifier of the padding token.
  ///   - typeID: The segment of the padding tokens.
  ///   - token: The padding token.
  public init(
    direction: Direction = .right, length: Int? = nil, multiple: Int? = nil, id: Int = 0,
    typeID: Int = 0, token: String = "[PAD]"
  ) {
    self.direction = direction
    self.length = length
    self.multiple = multiple
    self.id = id
    self.typeID = typeID
    self.token = token
  }

  /// Pads each encoding, and its truncated rest.
  func pad(_ encodings: inout [Encoding]) {
    guard var target = length ?? encodings.map(\.count).max() else { return }
    if let multiple, multiple > 0, target % multiple != 0 {
      target += multiple - target % multiple
    }
    for index in encodings.indices { pad(&encodings[index], to: target) }
  }

  private func pad(_ encoding: inout Encoding, to target: Int) {
    for index in encoding.overflowing.indices { pad(&encoding.overflowing[index], to: target) }
    guard encoding.count < target else { return }
    var filling = Encoding()
    for _ in encoding.count..<target {
      filling.appendSpecial(id: id, piece: token, typeID: typeID, isAttended: false)
    }
    let overflowing = encoding.overflowing
    encoding.overflowing = []
    switch direction {
    case .right: encoding.append(filling)
    case .left:
      filling.append(encoding)
      encoding = filling
    }
    encoding.overflowing = overflowing
  }
}
