/// How encodings are filled up to the same length.
public struct Padding: Hashable, Sendable {
  /// Which side is filled.
  public enum Direction: String, Hashable, Sendable {
    /// Before the text.
    case left = "Left"
    /// After the text.
    case right = "Right"
  }

  /// The side that is filled.
  public var direction: Direction
  /// The length to reach, or `nil` for that of the longest encoding of a batch.
  public var length: Int?
  /// A number that the length must be divisible by; lengths are rounded up.
  public var multiple: Int?
  /// The identifier to fill with.
  public var id: Int
  /// The type of the tokens to fill with.
  public var typeID: Int
  /// The token to fill with.
  public var token: String

  /// Creates a way of padding.
  ///
  /// - Parameters:
  ///   - direction: The side that is filled.
  ///   - length: The length to reach, or `nil` for that of the longest encoding.
  ///   - multiple: A number that the length must be divisible by.
  ///   - id: The identifier to fill with.
  ///   - typeID: The type of the tokens to fill with.
  ///   - token: The token to fill with.
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

  /// Fills each encoding, and what overflows from it.
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
