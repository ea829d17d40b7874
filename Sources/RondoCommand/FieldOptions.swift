import ArgumentParser
import RondoRecipes
import RondoText

/// How the text of data files is taken.
struct FieldOptions: ParsableArguments {
  @Option(help: "Column or field of the source: a number from 1, or a name.")
  var sourceField: String?
  @Option(help: "Column or field of the target: a number from 1, or a name.")
  var targetField: String?
  @Option(help: "As what the UTF-8 of the files was misread, to be repaired.")
  var misreadAs: MisreadEncoding?

  /// Returns data options with what was typed.
  func changing(_ data: DataOptions) -> DataOptions {
    var data = data
    data.sourceField = sourceField ?? data.sourceField
    data.targetField = targetField ?? data.targetField
    data.misreadAs = misreadAs ?? data.misreadAs
    return data
  }
}

extension MisreadEncoding: ExpressibleByArgument {}
