import ArgumentParser
import Foundation
import RondoRecipes

/// `rondo recipes`: what can be trained, and what can be set.
struct RecipesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipes", abstract: "List the recipes, or the settings of one.")

  @Argument(help: "A recipe, to list its settings.") var name: String?
  @Flag(help: "Print the recipes, or the settings of one, as JSON.") var json = false

  func run() throws {
    guard let name else {
      if json {
        let names = Dictionary(uniqueKeysWithValues: allRecipes.map { ($0.name, $0.summary) })
        try Terminal.write(jsonText(of: names))
        return
      }
      for recipe in allRecipes {
        try Terminal.write("\(padded(recipe.name, to: 16))\(recipe.summary)\n")
      }
      return
    }
    try show(try recipeType(named: name))
  }

  private func show<R: Recipe>(_ type: R.Type) throws {
    if json {
      try Terminal.write(try RecipeForm.text(of: R()))
      return
    }
    try Terminal.write("\(R.name): \(R.summary)\n\n")
    for setting in try RecipeForm.settings(of: R()) {
      let help = R.help[setting.name] ?? ""
      let value = setting.value.isEmpty ? "none" : setting.value
      try Terminal.write("  \(padded(setting.name, to: 20))\(padded(value, to: 12))\(help)\n")
    }
  }

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
