import RondoCheckpoints

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The JSON form of a recipe, in which settings can be changed by name.
public enum RecipeForm {
  /// Returns the recipe as the text of `recipe.json`.
  public static func text(of recipe: some Recipe) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(recipe), as: UTF8.self) + "\n"
  }

  /// Returns a recipe with settings changed.
  ///
  /// - Parameters:
  ///   - settings: Changes such as `hiddenSize=256` or `data.sourceField=de`.
  ///   - recipe: The recipe to start from.
  /// - Returns: The changed recipe.
  /// - Throws: A `RecipeError` when a name is unknown or a value does not fit.
  public static func setting<R: Recipe>(_ settings: [String], in recipe: R) throws -> R {
    var form = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(recipe))
    for setting in settings {
      guard let sign = setting.firstIndex(of: "=") else {
        throw RecipeError.wrongValue(setting, setting: "--set", expected: "name=value")
      }
      let (name, value) = (String(setting[..<sign]), String(setting[setting.index(after: sign)...]))
      let path = name.split(separator: ".").map(String.init)
      guard let known = nearestPath(path, in: recipe, form) else {
        let names = settingNames(of: recipe)
        throw RecipeError.unknownSetting(
          name, recipe: R.name, nearest: name.nearest(among: names))
      }
      form = try changed(form, at: path, to: value, like: known.value, in: R.self)
    }
    return try JSONDecoder().decode(R.self, from: JSONEncoder().encode(form))
  }

  /// Returns the form with one value changed, which the recipe must be able to read.
  private static func changed<R: Recipe>(
    _ form: JSONValue, at path: [String], to text: String, like known: JSONValue?, in type: R.Type
  ) throws -> JSONValue {
    var changed = form
    if text == "none" {
      changed.set(.null, at: path[...])
      if (try? JSONDecoder().decode(type, from: JSONEncoder().encode(changed))) != nil {
        return changed
      }
    }
    changed.set(JSONValue(text, like: known), at: path[...])
    do {
      _ = try JSONDecoder().decode(type, from: JSONEncoder().encode(changed))
    } catch let error as DecodingError {
      throw RecipeError.wrongValue(
        text, setting: path.joined(separator: "."), expected: error.expectation)
    }
    return changed
  }

  /// The names of all settings of a recipe, those of its data behind `data.`.
  public static func settingNames(of recipe: some Recipe) -> [String] {
    let own = Mirror(reflecting: recipe).children.compactMap(\.label).filter { $0 != "data" }
    let data = Mirror(reflecting: recipe.data).children.compactMap(\.label).map { "data.\($0)" }
    return own + data
  }

  /// The settings of a recipe with their values, by name.
  public static func settings(of recipe: some Recipe) throws -> [(name: String, value: String)] {
    let form = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(recipe))
    return settingNames(of: recipe).sorted().map { name in
      (name, form.value(at: name.split(separator: ".").map(String.init)[...])?.text ?? "none")
    }
  }

  private struct Known { let value: JSONValue? }

  private static func nearestPath(
    _ path: [String], in recipe: some Recipe, _ form: JSONValue
  ) -> Known? {
    guard settingNames(of: recipe).contains(path.joined(separator: ".")) else { return nil }
    return Known(value: form.value(at: path[...]))
  }
}

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

  /// Reads what a person typed, as the kind of value that stands there now where that is clear.
  init(_ text: String, like known: JSONValue?) {
    switch known {
    case .string: self = .string(text)
    case .array:
      self = .array(text.split(separator: ",").map { .string(String($0)) })
    default:
      if text == "none" || text == "null" {
        self = .null
      } else if text == "true" || text == "false" {
        self = .bool(text == "true")
      } else if let value = Int(text) {
        self = .integer(value)
      } else if let value = Double(text) {
        self = .number(value)
      } else {
        self = .string(text)
      }
    }
  }

  /// The value as a person types it.
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

extension DecodingError {
  /// What was expected, in words.
  fileprivate var expectation: String {
    switch self {
    case .typeMismatch(let type, _), .valueNotFound(let type, _): RecipeForm.word(for: type)
    case .dataCorrupted(let context): context.debugDescription
    case .keyNotFound(let key, _): "a value for \(key.stringValue)"
    @unknown default: "another value"
    }
  }
}

extension RecipeForm {
  fileprivate static func word(for type: Any.Type) -> String {
    switch type {
    case is Int.Type, is UInt64.Type: "a whole number"
    case is Double.Type, is Float.Type: "a number"
    case is Bool.Type: "true or false"
    case is String.Type: "a text"
    default: "a value of another kind"
    }
  }
}
