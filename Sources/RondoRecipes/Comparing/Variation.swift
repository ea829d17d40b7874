import RondoCheckpoints

/// A setting and the values that are compared.
public struct Variation: Codable, Hashable, Sendable {
  /// The setting.
  public let name: String
  /// Its values, as they are typed.
  public let values: [String]

  /// Reads a variation such as `attention=none,bahdanau`.
  ///
  /// Commas between parentheses belong to a value, so schedules can be compared.
  ///
  /// - Parameter text: The name, an equals sign, and values with commas between them.
  /// - Throws: A `RecipeError` when the text is no such thing.
  public init(_ text: String) throws(RecipeError) {
    let problem = RecipeError.wrongValue(
      text, setting: "--vary", expected: "name=value,value, such as attention=none,bahdanau")
    guard let sign = text.firstIndex(of: "=") else { throw problem }
    name = String(text[..<sign])
    var (values, depth) = ([""], 0)
    for letter in text[text.index(after: sign)...] {
      depth += letter == "(" ? 1 : letter == ")" ? -1 : 0
      if letter == "," && depth == 0 {
        values.append("")
      } else {
        values[values.count - 1].append(letter)
      }
    }
    guard !name.isEmpty, !values.contains(""), Set(values).count == values.count else {
      throw problem
    }
    self.values = values
  }
}

/// One choice of a value for each setting that is varied.
struct Variant: Hashable, Sendable {
  /// The values, in the order of the variations.
  let values: [String]
  /// The settings, in the same order.
  let names: [String]

  /// The settings as `--set` takes them.
  var settings: [String] { zip(names, values).map { "\($0)=\($1)" } }

  /// The settings in a few letters, for a legend.
  var name: String { values.count == 1 ? values[0] : settings.joined(separator: ", ") }

  /// The settings and the seed of one run.
  func title(seed: UInt64) -> String {
    (settings + ["seed=\(seed)"]).joined(separator: ", ")
  }

  /// Every combination of the values, the last setting changing fastest.
  static func all(of variations: [Variation]) -> [Variant] {
    let combinations = variations.reduce([[String]]([[]])) { combinations, variation in
      combinations.flatMap { start in variation.values.map { start + [$0] } }
    }
    return combinations.map { Variant(values: $0, names: variations.map(\.name)) }
  }
}
