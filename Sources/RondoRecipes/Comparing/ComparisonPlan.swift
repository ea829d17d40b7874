import RondoCheckpoints

/// What is compared: one recipe, the values of some settings, and seeds.
///
/// Every combination is trained from fresh weights with a fresh optimizer. Runs with one seed start
/// alike and see the same examples in the same order, so they differ only by their settings.
public struct ComparisonPlan: Codable, Hashable, Sendable {
  /// The name of the recipe.
  public let recipe: String
  /// The settings that all runs share, as `--set` takes them.
  public let settings: [String]
  /// The files that all runs share.
  public let data: DataOptions
  /// The settings that differ.
  public let variations: [Variation]
  /// The seed of each run.
  public let seeds: [UInt64]

  /// Plans a comparison.
  ///
  /// - Parameters:
  ///   - recipe: The name of the recipe.
  ///   - settings: The settings that all runs share, as `--set` takes them.
  ///   - data: The files that all runs share.
  ///   - variations: The settings that differ, each once.
  ///   - seeds: The seed of each run, each once.
  /// - Throws: A `RecipeError` when something is given twice or nothing differs.
  public init(
    of recipe: String, settings: [String] = [], data: DataOptions = DataOptions(),
    varying variations: [Variation], seeds: [UInt64]
  ) throws(RecipeError) {
    let names = variations.map(\.name)
    guard Set(names).count == names.count, !names.contains("seed") else {
      throw .unfit("each setting is varied once, and seeds are named by --seeds")
    }
    guard !seeds.isEmpty, Set(seeds).count == seeds.count else {
      throw .unfit("--seeds are different whole numbers, such as 7,8")
    }
    guard !variations.isEmpty || seeds.count > 1 else {
      throw .unfit("nothing is compared; name a setting and its values with --vary")
    }
    self.recipe = recipe
    self.settings = settings
    self.data = data
    self.variations = variations
    self.seeds = seeds
  }

  /// Every combination of the settings that differ.
  var variants: [Variant] { Variant.all(of: variations) }

  /// Returns the recipe of one run.
  func recipe<R: Recipe>(_ type: R.Type, _ variant: Variant, seed: UInt64) throws -> R {
    var recipe = R()
    recipe.data = data
    recipe = try RecipeForm.setting(settings + variant.settings + ["seed=\(seed)"], in: recipe)
    try recipe.check()
    return recipe
  }

  /// The name of the folder of one run.
  func folderName(of variant: Variant, seed: UInt64) -> String {
    let number = (variants.firstIndex(of: variant) ?? 0) + 1
    let text = (variant.settings + ["seed=\(seed)"]).joined(separator: "-")
    let safe = text.map {
      $0.isASCII && ($0.isLetter || $0.isNumber || "=-.".contains($0)) ? $0 : "-"
    }
    return "\(number)-" + String(safe).split(separator: "-").joined(separator: "-")
  }
}
