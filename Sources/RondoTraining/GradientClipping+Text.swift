/// Why a text does not describe a way to clip gradients.
public struct ClippingSyntaxError: Error, Equatable, CustomStringConvertible {
  /// One sentence: what is wrong and what is possible.
  public let description: String
}

extension GradientClipping: CustomStringConvertible {
  /// The clipping in the form that recipes use, such as `norm(1)`.
  public var description: String {
    switch self {
    case .norm(let limit): "norm(\(written(limit)))"
    case .value(let limit): "value(\(written(limit)))"
    }
  }

  /// Parses a clipping from the form in which it is printed.
  ///
  /// - Parameter text: `norm(1)`, or the number alone, or `value(0.5)`.
  /// - Throws: `ClippingSyntaxError` when the text is anything else, or the limit is not above 0.
  public init(_ text: String) throws(ClippingSyntaxError) {
    if let limit = Double(text), limit > 0, limit.isFinite {
      self = .norm(limit)
      return
    }
    let calls = WrittenCall.chain(text) ?? []
    guard calls.count == 1, let limit = calls[0].values([""])?[0], limit > 0,
      calls[0].name == "norm" || calls[0].name == "value"
    else {
      throw ClippingSyntaxError(
        description: "'\(text)' says no way to clip; write norm(1), value(0.5), or none")
    }
    self = calls[0].name == "norm" ? .norm(limit) : .value(limit)
  }
}

extension GradientClipping: Codable {
  /// Decodes a clipping from a text, or from a number, which limits the norm.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text =
      try (try? container.decode(Double.self)).map(written) ?? container.decode(String.self)
    do {
      try self.init(text)
    } catch {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: container.codingPath, debugDescription: error.description,
          underlyingError: error))
    }
  }

  /// Encodes the clipping as a text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
