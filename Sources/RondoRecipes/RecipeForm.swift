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
