/// Any JSON value.
enum JSONValue: Codable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// Parses user input, as the kind of value that the setting has now where that is clear.
  init(_ text: String, like known: JSONValue?) {
    switch known {
    case .string: self = .string(text)
    case .array:
      self =
        text == "none" ? .array([]) : .array(text.split(separator: ",").map { .string(String($0)) })
    default:
      if text == "none" || text == "null" {
        self = .null
      } else if text == "true" || text == "false" {
        self = .bool(text == "true")
      } else if let value = Int(text) {
        self = .integer(value)
      } else if let value = Double(text), value.isFinite {
        self = .number(value)
      } else {
        self = .string(text)
      }
    }
  }

  /// The value as a user types it.
  var text: String {
    switch self {
    case .null: "none"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): value
    case .array(let values): values.map(\.text).joined(separator: ",")
    case .object(let members): members.keys.sorted().joined(separator: ",")
    }
  }

  func value(at path: ArraySlice<String>) -> JSONValue? {
    guard let key = path.first else { return self }
    guard case .object(let members) = self else { return nil }
    return members[key]?.value(at: path.dropFirst())
  }

  mutating func set(_ value: JSONValue, at path: ArraySlice<String>) {
    guard let key = path.first, case .object(var members) = self else {
      self = value
      return
    }
    var member = members[key] ?? .object([:])
    member.set(value, at: path.dropFirst())
    members[key] = member
    self = .object(members)
  }
}
