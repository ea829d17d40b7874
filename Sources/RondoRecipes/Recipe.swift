import RondoCheckpoints
import RondoTensor
import RondoTraining

/// A story from data to a model in use: one structure in one file.
///
/// Stored properties with defaults are the hyperparameters; their JSON form is the run folder's
/// `recipe.json`, and `--set hiddenSize=256` edits that form, so names and types are checked. A
/// run knows its recipe, so the same program trains, resumes, evaluates and predicts.
public protocol Recipe: Codable, Sendable {
  /// The name on the command line.
  static var name: String { get }
  /// What it does, in one line.
  static var summary: String { get }
  /// What each hyperparameter means, by its name.
  static var help: [String: String] { get }

  /// The files to learn from and to be judged on.
  var data: DataOptions { get set }
  /// What is read and what is written.
  var sides: SideNames { get }

  /// Creates the recipe with its defaults.
  init()

  /// Makes sure that the hyperparameters fit together.
  ///
  /// - Throws: A `RecipeError` that says which does not.
  func check() throws(RecipeError)

  /// How many threads the sizes are worth, of those that the machine has.
  func threadCount(available: Int) -> Int

  /// Trains, or goes on training, and draws what came of it.
  ///
  /// - Parameter run: The folder, the device and the watchers.
  /// - Returns: Why training ended.
  /// - Throws: What reading, training and writing throw.
  func train(in run: Run) throws -> EndReason

  /// Judges the best model of a run.
  ///
  /// - Parameters:
  ///   - run: The folder, the device and the watchers.
  ///   - options: What to judge on and how to decode.
  /// - Returns: The figures and tables.
  /// - Throws: What reading and decoding throw.
  func evaluate(_ run: Run, options: PredictionOptions) throws -> Evaluation

  /// Opens the best model of a run for use.
  ///
  /// - Parameters:
  ///   - run: The folder, the device and the watchers.
  ///   - options: How to decode.
  /// - Returns: A function from lines to one prediction each, in order.
  /// - Throws: What reading throws.
  func predictor(_ run: Run, options: PredictionOptions) throws -> ([String]) -> [Prediction]
}

/// Where a recipe works and who watches.
public struct Run {
  /// The folder of the run.
  public let folder: RunFolder
  /// Where the model lives.
  public let device: Device
  /// Watches training.
  public var observe: (TrainingEvent) throws -> Void = { _ in }
  /// Asked after every step whether to stop.
  public var isStopRequested: () -> Bool = { false }
  /// Takes a line for the person at the terminal.
  public var say: (String) -> Void = { _ in }

  /// Creates a place to work.
  public init(folder: RunFolder, device: Device) {
    self.folder = folder
    self.device = device
  }
}

/// How a model that is in use decodes.
public struct PredictionOptions: Sendable {
  /// How many hypotheses beam search keeps; one is greedy decoding.
  public var beamWidth: Int?
  /// α, the strength of the length penalty of beam search, or `nil` for 1.
  public var lengthPenalty: Double?
  /// How many hypotheses to return for each line.
  public var hypothesisCount = 1
  /// Other files to judge on, or none for the run's own validation data.
  public var data: DataOptions?

  /// Creates the usual options.
  public init() {}

  /// Returns the options with the width of the beam, which is the recipe's unless one was named.
  ///
  /// - Throws: A `RecipeError` when a length penalty was named for greedy decoding, which has none.
  func decided(beamWidth usual: Int) throws(RecipeError) -> PredictionOptions {
    var options = self
    options.beamWidth = max(beamWidth ?? usual, hypothesisCount)
    guard options.beamWidth != 1 || lengthPenalty == nil else {
      throw .unfit("greedy decoding has no length penalty; add --beam 5, or leave the penalty out")
    }
    return options
  }
}

/// What a model says about one line.
public struct Prediction: Sendable, Codable {
  /// The line.
  public let input: String
  /// What the model makes of it.
  public let output: String
  /// The score of the output, higher is better, or `nil` for a line that no model saw.
  public let score: Double?
  /// The tokens that the model read.
  public let inputTokens: [String]
  /// The tokens that it wrote.
  public let outputTokens: [String]
  /// Where it looked when it wrote each token, `[T][S]`, when it has attention.
  public let attention: [[Float]]?
  /// Other outputs, best first.
  public let alternatives: [Alternative]

  /// Another output.
  public struct Alternative: Sendable, Codable {
    /// The text.
    public let output: String
    /// Its score.
    public let score: Double
  }
}

/// How good a model is.
public struct Evaluation: Sendable, Codable {
  /// What was judged on.
  public let data: String
  /// Every finite figure by its name; JSON has no place for others, such as the perplexity of a
  /// model whose loss runs into hundreds.
  public let figures: [String: Double]
  /// How the figures were computed, such as sacreBLEU's signature.
  public let signatures: [String]
  /// Tables, such as BLEU by source length.
  public let tables: [Table]

  init(data: String, figures: [String: Double], signatures: [String], tables: [Table]) {
    self.data = data
    self.figures = figures.filter(\.value.isFinite)
    self.signatures = signatures
    self.tables = tables
  }

  /// Rows under a heading.
  public struct Table: Sendable, Codable {
    /// What the table shows.
    public let title: String
    /// The heads of the columns.
    public let columns: [String]
    /// The rows.
    public let rows: [[String]]
  }
}

extension Recipe {
  /// Sequences of no particular kind.
  public var sides: SideNames { SideNames() }

  /// Makes sure that a condition on the hyperparameters holds.
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
/// - Throws: A `RecipeError` that names the nearest recipe.
public func recipeType(named name: String) throws(RecipeError) -> any Recipe.Type {
  guard let type = allRecipes.first(where: { $0.name == name }) else {
    throw .unknownRecipe(name, nearest: name.nearest(among: allRecipes.map { $0.name }))
  }
  return type
}

/// Why a recipe cannot run.
public enum RecipeError: Error, Equatable, CustomStringConvertible {
  /// There is no recipe of this name; another name is near.
  case unknownRecipe(String, nearest: String?)
  /// The recipe has no such hyperparameter; another name is near.
  case unknownSetting(String, recipe: String, nearest: String?)
  /// A value does not fit its hyperparameter.
  case wrongValue(String, setting: String, expected: String)
  /// Hyperparameters do not fit together.
  case unfit(String)
  /// A run folder holds something else than was asked for.
  case wrongRun(String)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .unknownRecipe(let name, let nearest):
      "there is no recipe '\(name)'\(RecipeError.hint(nearest)); 'rondo recipes' lists them"
    case .unknownSetting(let name, let recipe, let nearest):
      "\(recipe) has no setting '\(name)'\(RecipeError.hint(nearest)); "
        + "'rondo recipes \(recipe)' lists them"
    case .wrongValue(let value, let setting, let expected):
      "\(setting) cannot be '\(value)'; expected \(expected)"
    case .unfit(let explanation): explanation
    case .wrongRun(let explanation): explanation
    }
  }

  private static func hint(_ nearest: String?) -> String {
    nearest.map { ", did you mean '\($0)'?" } ?? ""
  }
}
