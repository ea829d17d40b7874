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
