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
      let rows = allRecipes.map { [$0.name, $0.summary] }
      try Terminal.write(
        TextTable(columns: ["recipe", "what it does"], rows: rows, leftAligned: [0, 1]).text)
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
    let rows = try RecipeForm.settings(of: R()).map { setting in
      [setting.name, setting.value.isEmpty ? "none" : setting.value, R.help[setting.name] ?? ""]
    }
    try Terminal.write(
      TextTable(columns: ["setting", "value", "meaning"], rows: rows, leftAligned: [0, 1, 2]).text)
  }
}
