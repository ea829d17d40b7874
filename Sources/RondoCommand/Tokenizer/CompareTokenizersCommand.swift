import ArgumentParser
import Foundation
import RondoPlots
import RondoText

/// `rondo tokenizer compare`: several tokenizers on several files, side by side.
struct CompareTokenizersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Measure tokenizers on files, and show where they cut differently.",
    discussion: """
      Files usually hold one language each, a sentence a line. Words are counted the same way for \
      all: between white space, each punctuation mark and each Chinese character alone. With \
      --model, tokenizers are learned from the first file, or from those of --learn-from, and \
      compared as well; with --sizes, one is learned at several sizes, and a curve shows what a \
      larger vocabulary buys and costs.
      """)

  @Argument(help: "Text files to measure on, in UTF-8.") var files: [String]
  @Option(name: .customLong("tokenizer"), help: "A tokenizer: a file or a folder. Repeatable.")
  var paths: [String] = []
  @OptionGroup var ranks: RankOptions
  @Option(
    name: .customLong("model"),
    help: """
      A model to learn: bpe, byte-bpe, wordpiece, sentencepiece-bpe, unigram, words or characters. \
      Repeatable.
      """)
  var models: [String] = []
  @Option(parsing: .upToNextOption, help: "Files to learn from instead of the first file.")
  var learnFrom: [String] = []
  @OptionGroup var training: TokenizerTrainingOptions
  @Option(help: "Sizes for the curve, such as 1000,2000,4000,8000.") var sizes: String?
  @Option(help: "The features of an embedding, for its size in memory.") var embeddingSize = 512
  @Option(help: "A beginning of words; words of the files that go on after it are cut. Repeatable.")
  var stem: [String] = ["play"]
  @Flag(help: "Print JSON.") var json = false
  @Option(help: "Write report.html with pictures into this folder.") var report: String?
  @Flag(help: "Replace report.html if there is one.") var replace = false

  func validate() throws {
    guard embeddingSize > 0 else {
      throw ValidationError("--embedding-size is 1 or above and got \(embeddingSize)")
    }
    guard !paths.isEmpty || !models.isEmpty || sizes != nil else {
      throw ValidationError(
        "name tokenizers with --tokenizer, or let some be learned with --model or --sizes")
    }
    let unused = learnFrom.isEmpty ? training.firstGiven : "--learn-from"
    if let unused, models.isEmpty, sizes == nil {
      throw ValidationError(
        "\(unused) says how a tokenizer is learned; name what to learn with --model or --sizes")
    }
  }

  func run() throws {
    let page = report.map { "\($0)/report.html" }
    if let page { try ExistingFileError.check([page], isReplacing: replace) }
    let sizes = try sizes.map(Self.numbers)
    let status = TrainingStatus()
    defer { status.clear() }
    var named = try namedTokenizers()
    for model in models { named.append(try learned(model, status)) }
    var comparison = TokenizerComparison(of: named.map(\.tokenizer), stems: stem)
    for file in files { try comparison.add(file, observer: status.show) }
    var curve: VocabularyCurve?
    if let sizes {
      curve = try VocabularyCurve(
        sizes: sizes, trainer: try training.trainer(models.first ?? "byte-bpe"),
        learningFrom: trainingFiles, measuringOn: files, observer: status.show)
    }
    status.clear()
    let view = ComparisonView(
      names: Self.distinct(named.map(\.name)), comparison: comparison, curve: curve,
      embeddingSize: embeddingSize)
    warn(about: comparison)
    if let report, let page {
      try TextOutput.write(view.report.html, to: page, in: report)
      Terminal.say("report: \(page)")
    }
    try Terminal.write(
      json ? try view.json : view.text(width: Terminal.width, style: Terminal.outputStyle))
  }

  private var trainingFiles: [String] { learnFrom.isEmpty ? [files[0]] : learnFrom }

  private struct Named {
    let name: String
    let tokenizer: Tokenizer
  }

  private func namedTokenizers() throws -> [Named] {
    let loaded = try paths.map { try ranks.load($0) }
    try ranks.check(loaded)
    return zip(paths, loaded).map { path, tokenizer in
      let url = URL(filePath: path)
      let isPlain = ["tokenizer.json", "vocab.txt", "vocab.json", "encoder.json"]
        .contains(url.lastPathComponent)
      let name = (isPlain ? url.deletingLastPathComponent() : url).lastPathComponent
      return Named(name: name, tokenizer: tokenizer)
    }
  }

  private func learned(_ model: String, _ status: TrainingStatus) throws -> Named {
    let trainer = try training.trainer(model)
    let words = try trainer.count(trainingFiles, observer: status.show).words
    let trained = try trainer.train(on: words, observer: status.show)
    return Named(
      name: "\(trainer.kind.rawValue) \(trained.tokenizer.vocabularySize)",
      tokenizer: trained.tokenizer)
  }

  /// Names that differ, by a number where they did not.
  static func distinct(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.map { name in
      var (candidate, number) = (name, 1)
      while !taken.insert(candidate).inserted {
        number += 1
        candidate = "\(name) (\(number))"
      }
      return candidate
    }
  }

  private static func numbers(_ text: String) throws(UsageError) -> [Int] {
    var sizes: [Int] = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
      guard let size = Int(part), size > 0 else {
        throw UsageError("--sizes takes whole numbers with commas between them, not '\(part)'")
      }
      sizes.append(size)
    }
    guard sizes.count > 1 else { throw UsageError("--sizes takes at least two sizes") }
    return sizes
  }

  private func warn(about comparison: TokenizerComparison) {
    for file in comparison.files where file.damagedLineCount > 0 {
      Terminal.say(
        "\(file.path): left out \(grouped(file.damagedLineCount)) lines that are not UTF-8")
    }
  }
}
