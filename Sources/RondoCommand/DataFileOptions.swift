import ArgumentParser
import Foundation
import RondoRecipes

/// The files that training reads.
struct DataFileOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption, help: "Training files: one .tsv or .jsonl, or two parallel texts.")
  var train: [String] = []
  @Option(parsing: .upToNextOption, help: "Validation files, like the training files.")
  var validation: [String] = []
  @OptionGroup var fields: FieldOptions

  /// Returns data options with what was typed.
  func changing(_ data: DataOptions) -> DataOptions {
    var data = fields.changing(data)
    data.train = (train.isEmpty ? data.train : train).map(absolute)
    data.validation = (validation.isEmpty ? data.validation : validation).map(absolute)
    return data
  }

  /// The path from the root, so that the run can be resumed from elsewhere.
  private func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
  }
}
