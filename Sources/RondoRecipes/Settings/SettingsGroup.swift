/// Hyperparameters that several recipes share.
///
/// On the command line each is set by its own name, as if it belonged to the recipe itself; in
/// `recipe.json` they form a nested object.
protocol SettingsGroup: Codable, Sendable {
  /// The meaning of each hyperparameter, by its name.
  static var help: [String: String] { get }
}

/// Merges help texts; no name occurs twice.
func + (first: [String: String], second: [String: String]) -> [String: String] {
  first.merging(second) { _, _ in fatalError("a setting is explained twice") }
}
