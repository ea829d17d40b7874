import Foundation
import RondoData
import RondoText

/// The training and validation files of a recipe.
///
/// One file that ends in `.tsv` or `.jsonl` is read as a table or as JSON lines; two files are
/// parallel text, where line n of one corresponds to line n of the other. With no files a recipe
/// uses its built-in data.
public struct DataOptions: SettingsGroup, Hashable {
  /// The training files.
  public var train: [String] = []
  /// The validation files, or none to hold out part of the training data.
  public var validation: [String] = []
  /// The column or field of the source: a number from 1, or a name.
  public var sourceField = "1"
  /// The column or field of the target: a number from 1, or a name.
  public var targetField = "2"
  /// The encoding as which the text was once misread, so that it can be repaired, or none.
  public var misreadAs: MisreadEncoding?
  /// The Unicode normalization form applied to all text, or none.
  public var normalization: UnicodeNormalizer.Form?

  /// Creates options without files.
  public init() {}

  /// The names of the fields and what they mean.
  public static let help = [
    "data.train": "training files: one .tsv or .jsonl, or two parallel text files",
    "data.validation": "validation files, or none to keep one in ten training examples back",
    "data.sourceField": "column (number from 1, or name) or JSON field of the source",
    "data.targetField": "column (number from 1, or name) or JSON field of the target",
    "data.misreadAs":
      "macRoman or windows1252, as which UTF-8 was misread, to be repaired, or none",
    "data.normalization": "NFC, NFD, NFKC or NFKD, the Unicode normal form of all text, or none",
  ]

  /// What is wrong with the options, or `nil`.
  var problem: String? {
    guard !train.isEmpty else {
      return self == DataOptions()
        ? nil
        : "without training files it learns the built-in number words, which --validation, fields "
          + "and repairs do not change; name training files with --train"
    }
    let namesFields = sourceField != "1" || targetField != "2"
    let hasFields = [train, validation].contains { $0.count == 1 }
    return namesFields && !hasFields
      ? "parallel text files have no fields; leave the fields out, or name a .tsv or .jsonl file"
      : nil
  }

  /// A short description of the evaluation data.
  var judged: String {
    if !validation.isEmpty { return validation.joined(separator: " ") }
    return train.isEmpty
      ? "built-in number words" : "one in ten of " + train.joined(separator: " ")
  }

  /// The languages of source and target, if file extensions or field names give them, as `train.de`
  /// does; without files, those of the built-in number words.
  var languages: Sides<String>? {
    if train.isEmpty { return Sides(source: "English", target: "German") }
    let names =
      train.count == 2
      ? train.map { URL(filePath: $0).pathExtension } : [sourceField, targetField]
    let areCodes = names.allSatisfy { 2...3 ~= $0.count && $0.allSatisfy(\.isLetter) }
    guard areCodes, names[0] != names[1] else { return nil }
    return Sides(source: names[0], target: names[1])
  }

  /// The corpus in some files.
  ///
  /// - Parameter paths: One file with two fields, or two parallel files.
  /// - Returns: The corpus; nothing is opened yet.
  /// - Throws: A `RecipeError` when the number or type of the files is not supported.
  public func parallelCorpus(_ paths: [String]) throws(RecipeError) -> Corpus {
    var corpus = try files(paths)
    corpus.misreadAs = misreadAs
    corpus.normalization = normalization
    return corpus
  }

  private func files(_ paths: [String]) throws(RecipeError) -> Corpus {
    switch paths.count {
    case 2: return .parallel(paths[0], paths[1])
    case 1 where paths[0].hasSuffix(".tsv"):
      return .table(paths[0], columns: [try column(sourceField), try column(targetField)])
    case 1 where paths[0].hasSuffix(".jsonl"):
      let isNumbered = Int(sourceField) != nil || Int(targetField) != nil
      if isNumbered {
        throw .unfit(
          "\(paths[0]) needs the names of its fields: --source-field NAME --target-field NAME")
      }
      return .jsonLines(paths[0], fields: [sourceField, targetField])
    case 1:
      throw .unfit(
        "\(paths[0]) is one file of a pair; name two parallel text files, or one that "
          + "ends in .tsv or .jsonl")
    default:
      throw .unfit(
        "expected one or two files and got \(paths.count): \(paths.joined(separator: " "))")
    }
  }

  private func column(_ field: String) throws(RecipeError) -> Column {
    guard let number = Int(field) else { return .name(field) }
    guard number > 0 else { throw .unfit("columns are counted from 1, and \(field) is none") }
    return .number(number)
  }
}
