import RondoTraining

/// A complete experiment, from data to a trained model, as one structure in one file.
///
/// Stored properties with defaults are the hyperparameters; their JSON form is the run folder's
/// `recipe.json`, and `--set hiddenSize=256` edits that form, so names and types are checked. A
/// run records its recipe, so the same program trains, resumes, evaluates and predicts.
public protocol Recipe: Codable, Sendable {
  /// The name on the command line.
  static var name: String { get }
  /// A one-line summary.
  static var summary: String { get }
  /// The meaning of each hyperparameter, by its name.
  static var help: [String: String] { get }

  /// The training and validation files.
  var data: DataOptions { get set }
  /// The names of the input and the output.
  var sides: SideNames { get }

  /// Creates the recipe with its defaults.
  init()

  /// Checks that the hyperparameters are consistent.
  ///
  /// - Throws: A `RecipeError` that says what is inconsistent.
  func check() throws(RecipeError)

  /// Returns the number of threads that suits the model, out of those of the machine.
  func threadCount(available: Int) -> Int

  /// Trains, or resumes training, and writes the report.
  ///
  /// - Parameter run: The folder, the device and the callbacks.
  /// - Returns: Why training ended.
  /// - Throws: Any error of reading, training and writing.
  func train(in run: Run) throws -> EndReason

  /// Evaluates the best model of a run.
  ///
  /// - Parameters:
  ///   - run: The folder, the device and the callbacks.
  ///   - options: The data and the decoding options.
  /// - Returns: The metrics and tables.
  /// - Throws: Any error of reading and decoding.
  func evaluate(_ run: Run, options: PredictionOptions) throws -> Evaluation

  /// Loads the best model of a run for prediction.
  ///
  /// - Parameters:
  ///   - run: The folder, the device and the callbacks.
  ///   - options: The decoding options.
  /// - Returns: A function from lines to one prediction each, in order.
  /// - Throws: Any error of reading.
  func predictor(_ run: Run, options: PredictionOptions) throws -> ([String]) -> [Prediction]
}

extension Recipe {
  /// The general names, for recipes that do not set their own.
  public var sides: SideNames { SideNames() }

  /// Throws unless a condition on the hyperparameters holds.
  func require(_ condition: Bool, _ explanation: String) throws(RecipeError) {
    if !condition { throw .unfit("\(Self.name): \(explanation)") }
  }
}

/// Every recipe, in the order in which they are listed.
public let allRecipes: [any Recipe.Type] = [
  NumberWordsRecipe.self, DatesRecipe.self, SymbolsRecipe.self, TranslationRecipe.self,
]

/// Finds a recipe by its name.
///
/// - Parameter name: The name on the command line.
/// - Returns: The recipe's type.
/// - Throws: A `RecipeError` that suggests the most similar name.
public func recipeType(named name: String) throws(RecipeError) -> any Recipe.Type {
  guard let type = allRecipes.first(where: { $0.name == name }) else {
    throw .unknownRecipe(name, nearest: name.nearest(among: allRecipes.map { $0.name }))
  }
  return type
}
