import ArgumentParser
import Foundation
import RondoText

/// `rondo tokenizer train`: text to a tokenizer.
struct TrainTokenizerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Learn a tokenizer from text files.",
    discussion: """
      Files are read line by line, whatever their size. The tokenizer is written as tokenizer.json, \
      which Hugging Face's library reads too, unless the model is sentencepiece-bpe or text is \
      split by 'running'. For unigram and sentencepiece-bpe a .model of the same name stands beside \
      it, which SentencePiece reads.
      """)

  @Argument(help: "Text files, in UTF-8.") var files: [String]
  @Option(
    help: """
      The model: bpe, byte-bpe, wordpiece, sentencepiece-bpe, unigram, words or characters.
      """)
  var model = "byte-bpe"
  @OptionGroup var training: TokenizerTrainingOptions
  @Option(help: "The file, ending in .json, or the folder for tokenizer.json.") var output: String
  @Flag(help: "Replace the files if there are some.") var replace = false
  @Flag(help: "Print each merge as it is learned.") var trace = false
  @Option(help: "Print how this word changes, merge by merge. Repeatable.") var watch: [String] = []

  func run() throws {
    let trainer = try training.trainer(model)
    var trace = try MergePrinter(trainer, printsAll: trace, watched: watch)
    let path = output.hasSuffix(".json") ? output : "\(output)/tokenizer.json"
    let modelPath = String(path.dropLast(".json".count)) + ".model"
    let paths = [path] + (trainer.hasSentencePieceFile ? [modelPath] : [])
    try ExistingFileError.check(paths, isReplacing: replace)
    let folder = URL(filePath: path).deletingLastPathComponent().path
    try TextOutput.checkFolder(folder)
    let progress = TrainingStatus()
    let text = try trainer.count(files, observer: progress.show)
    trace.begin()
    let trained = try trainer.train(
      on: text.words, observer: progress.show,
      witness: trace.isIdle ? nil : { trace.show($0, under: progress) })
    progress.clear()
    // A reader of the trace may go when it has seen enough; the tokenizer is written all the same.
    if let failure = trace.failure, !failure.isClosedPipe { throw failure }
    try TextOutput.createFolder(folder)
    try trained.tokenizer.write(to: path)
    try trained.sentencePieceFile?.write(to: modelPath)
    report(trained, text, trainer, path)
  }

  /// Says what was made and what it took, on standard error.
  private func report(
    _ trained: TrainedTokenizer, _ text: TrainingText, _ trainer: TokenizerTrainer, _ path: String
  ) {
    let size = trained.tokenizer.vocabularySize
    let asked =
      size < trainer.vocabularySize ? " of \(grouped(trainer.vocabularySize)) asked for" : ""
    Terminal.say("\(path): \(trainer.kind.rawValue), \(grouped(size)) tokens\(asked)")
    Terminal.say(
      "read \(grouped(text.lineCount)) lines, \(bytes(text.byteCount)), "
        + "\(grouped(trained.report.wordCount)) different words")
    if let first = text.firstDamage {
      Terminal.say(
        "left out \(grouped(text.damagedLineCount)) lines that are not UTF-8; the first is \(first)"
      )
    }
    let phases =
      [("reading", text.duration)] + trained.report.phases.map { ($0.name, $0.duration) }
    let total = phases.reduce(.zero) { $0 + $1.1 }
    Terminal.say(
      "seconds: " + phases.map { "\($0.0) \(seconds($0.1))" }.joined(separator: ", ")
        + ", together \(seconds(total))")
    let tables = trained.report.peakMemory
    Terminal.say(
      "memory: " + (tables > 0 ? "\(bytes(tables)) in the trainer's tables, " : "")
        + "\(bytes(ProcessMemory.peak)) in the whole process")
  }

  private func seconds(_ duration: Duration) -> String {
    String(format: "%.2f", duration / .seconds(1))
  }
}

/// Formats a number of bytes for people.
func bytes(_ count: Int) -> String {
  switch count {
  case ..<1000: "\(count) bytes"
  case ..<1_000_000: "\(count / 1000) kB"
  case ..<10_000_000: String(format: "%.1f MB", Double(count) / 1e6)
  default: "\(grouped(count / 1_000_000)) MB"
  }
}

/// The memory of this process.
enum ProcessMemory {
  /// The peak memory use, in bytes.
  static var peak: Int {
    var usage = rusage()
    #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss
    #else
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
    #endif
  }
}
