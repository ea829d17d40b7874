import ArgumentParser
import Foundation
import RondoRecipes
import RondoText

/// The files that training reads.
struct DataFileOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption, help: "Training files: one .tsv or .jsonl, or two parallel texts.")
  var train: [String] = []
  @Option(parsing: .upToNextOption, help: "Validation files, like the training files.")
  var validation: [String] = []
  @Option(help: "Column or field of the source: a number from 1, or a name.")
  var sourceField: String?
  @Option(help: "Column or field of the target: a number from 1, or a name.")
  var targetField: String?
  @Option(help: "As what the UTF-8 of the files was misread, to be repaired.")
  var misreadAs: MisreadEncoding?

  /// Returns data options with what was typed.
  func changing(_ data: DataOptions) -> DataOptions {
    var data = data
    data.train = (train.isEmpty ? data.train : train).map(absolute)
    data.validation = (validation.isEmpty ? data.validation : validation).map(absolute)
    data.sourceField = sourceField ?? data.sourceField
    data.targetField = targetField ?? data.targetField
    data.misreadAs = misreadAs ?? data.misreadAs
    return data
  }

  /// The path from the root, so that the run can be resumed from elsewhere.
  private func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
  }
}

extension MisreadEncoding: ExpressibleByArgument {}
