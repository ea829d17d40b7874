/// Hyperparameters that several recipes share.
///
/// On the command line each is set by its own name, as if the recipe itself had it; in
/// `recipe.json` they stand together.
protocol SettingsGroup: Codable, Sendable {
  /// What each hyperparameter means, by its name.
  static var help: [String: String] { get }
}

/// Joins explanations; no name is explained twice.
func + (first: [String: String], second: [String: String]) -> [String: String] {
  first.merging(second) { _, _ in fatalError("a setting is explained twice") }
}
