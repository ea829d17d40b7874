import RondoCheckpoints
import RondoTensor
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

/// The folder, the device and the callbacks that a recipe runs with.
public struct Run {
  /// The folder of the run.
  public let folder: RunFolder
  /// The device of the model.
  public let device: Device
  /// Receives every training event.
  public var observe: (TrainingEvent) throws -> Void = { _ in }
  /// Called after every step; true stops training.
  public var isStopRequested: () -> Bool = { false }
  /// Receives messages for the user.
  public var say: (String) -> Void = { _ in }

  /// Creates a run without callbacks.
  public init(folder: RunFolder, device: Device) {
    self.folder = folder
    self.device = device
  }
}

/// Options for prediction and evaluation.
public struct PredictionOptions: Sendable {
  /// The number of hypotheses that beam search follows, 1 for greedy decoding, or `nil` for the
  /// recipe's number.
  public var beamWidth: Int?
  /// α, the strength of the length penalty of beam search, or `nil` for 1.
  public var lengthPenalty: Double?
  /// The number of hypotheses to return for each line.
  public var hypothesisCount = 1
  /// Other data to evaluate on, or `nil` for the run's own validation data.
  public var data: DataOptions?

  /// Creates the default options.
  public init() {}

  /// Returns the options with a beam width, which is the recipe's unless one was given.
  ///
  /// - Throws: A `RecipeError` when a length penalty was given for greedy decoding, which has none.
  func decided(beamWidth usual: Int) throws(RecipeError) -> PredictionOptions {
    var options = self
    options.beamWidth = max(beamWidth ?? usual, hypothesisCount)
    guard options.beamWidth != 1 || lengthPenalty == nil else {
      throw .unfit("greedy decoding has no length penalty; add --beam 5, or leave the penalty out")
    }
    return options
  }
}

/// A model's output for one line.
public struct Prediction: Sendable, Codable {
  /// The input line.
  public let input: String
  /// The output text.
  public let output: String
  /// The score of the output, higher is better, or `nil` for a line that was not decoded.
  public let score: Double?
  /// The input tokens.
  public let inputTokens: [String]
  /// The output tokens.
  public let outputTokens: [String]
  /// The attention weights over the input for each output token, `[T][S]`, or `nil` without
  /// attention.
  public let attention: [[Float]]?
  /// Further hypotheses, best first.
  public let alternatives: [Alternative]

  /// A further hypothesis.
  public struct Alternative: Sendable, Codable {
    /// The text.
    public let output: String
    /// Its score.
    public let score: Double
  }
}

/// The evaluation of a model.
public struct Evaluation: Sendable, Codable {
  /// A description of the data.
  public let data: String
  /// Every finite metric by its name; JSON cannot hold others, such as the perplexity of a model
  /// with a loss in the hundreds.
  public let figures: [String: Double]
  /// How the metrics were computed, such as sacreBLEU's signature.
  public let signatures: [String]
  /// Tables, such as BLEU by source length.
  public let tables: [Table]

  init(data: String, figures: [String: Double], signatures: [String], tables: [Table]) {
    self.data = data
    self.figures = figures.filter(\.value.isFinite)
    self.signatures = signatures
    self.tables = tables
  }

  /// A table of results.
  public struct Table: Sendable, Codable {
    /// The title.
    public let title: String
    /// The column headings.
    public let columns: [String]
    /// The rows.
    public let rows: [[String]]
  }
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

/// Why a recipe cannot run.
public enum RecipeError: Error, Equatable, CustomStringConvertible {
  /// There is no recipe of this name; `nearest` is the most similar one.
  case unknownRecipe(String, nearest: String?)
  /// The recipe has no such hyperparameter; `nearest` is the most similar one.
  case unknownSetting(String, recipe: String, nearest: String?)
  /// A value is not valid for its hyperparameter.
  case wrongValue(String, setting: String, expected: String)
  /// Hyperparameters are inconsistent.
  case unfit(String)
  /// A run folder holds something other than what was asked for.
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
