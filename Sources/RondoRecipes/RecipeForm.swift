import RondoCheckpoints
import RondoTraining

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The JSON form of a recipe, in which hyperparameters are changed by name.
public enum RecipeForm {
  /// Returns the recipe as the text of `recipe.json`.
  public static func text(of recipe: some Recipe) throws -> String {
    try jsonText(of: recipe)
  }

  /// Returns a recipe with some hyperparameters changed.
  ///
  /// - Parameters:
  ///   - settings: Changes such as `hiddenSize=256` or `data.sourceField=de`.
  ///   - recipe: The recipe to start from.
  /// - Returns: The changed recipe.
  /// - Throws: A `RecipeError` when a name is unknown or a value is not valid.
  public static func setting<R: Recipe>(_ settings: [String], in recipe: R) throws -> R {
    var form = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(recipe))
    let paths = paths(of: recipe)
    for setting in settings {
      guard let sign = setting.firstIndex(of: "=") else {
        throw RecipeError.wrongValue(setting, setting: "--set", expected: "name=value")
      }
      let (name, value) = (String(setting[..<sign]), String(setting[setting.index(after: sign)...]))
      guard let path = paths[name] else {
        throw RecipeError.unknownSetting(
          name, recipe: R.name, nearest: name.nearest(among: paths.keys.sorted()))
      }
      form = try changed(
        form, at: path, named: name, to: value, like: form.value(at: path[...]), in: R.self)
    }
    return try JSONDecoder().decode(R.self, from: JSONEncoder().encode(form))
  }

  /// Returns the form with one value changed, checked by decoding the recipe from it.
  private static func changed<R: Recipe>(
    _ form: JSONValue, at path: [String], named name: String, to text: String,
    like known: JSONValue?, in type: R.Type
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
      throw error.refusal(of: text, for: name, meaning: type.help[name])
    }
    return changed
  }

  /// The settings of a recipe with their values, by name.
  public static func settings(of recipe: some Recipe) throws -> [(name: String, value: String)] {
    let form = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(recipe))
    return paths(of: recipe).sorted { $0.key < $1.key }.map { name, path in
      (name, form.value(at: path[...])?.text ?? "none")
    }
  }

  /// The path of each setting in the JSON form, by name.
  ///
  /// Data settings are named with the prefix `data.`, those of other groups by their own names.
  static func paths(of recipe: some Recipe) -> [String: [String]] {
    var paths: [String: [String]] = [:]
    for (label, value) in Mirror(reflecting: recipe).children {
      guard let label else { continue }
      guard value is any SettingsGroup else {
        paths[label] = [label]
        continue
      }
      for name in Mirror(reflecting: value).children.compactMap(\.label) {
        paths[value is DataOptions ? "\(label).\(name)" : name] = [label, name]
      }
    }
    return paths
  }
}

extension DecodingError {
  /// The error message that rejects a value of a setting and says what is possible.
  fileprivate func refusal(
    of text: String, for name: String, meaning: String?
  ) -> RecipeError {
    let expected: String
    switch self {
    case .dataCorrupted(let context):
      if let error = context.underlyingError,
        error is ScheduleSyntaxError || error is ClippingSyntaxError
      {
        return .unfit("\(name): \(error)")
      }
      // A number that is not an integer, or a name that is not among the choices.
      expected =
        Double(text) != nil ? "a whole number from 0 to \(Int.max)" : meaning ?? "another value"
    case .typeMismatch(let type, _), .valueNotFound(let type, _): expected = Self.word(for: type)
    case .keyNotFound(let key, _): expected = "a value for \(key.stringValue)"
    @unknown default: expected = "another value"
    }
    return .wrongValue(text, setting: name, expected: expected)
  }

  private static func word(for type: Any.Type) -> String {
    switch type {
    case is Int.Type, is UInt64.Type: "a whole number"
    case is Double.Type, is Float.Type: "a number"
    case is Bool.Type: "true or false"
    case is String.Type: "a text"
    default: "a value of another kind"
    }
  }
}
