import ArgumentParser

/// Measures tokenizers beside other libraries.
@main
struct TokenizerBenchmarkProgram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rondo-tokenizer-benchmark",
    abstract: "Measures tokenizers beside those of other libraries: the same text, in turns.",
    subcommands: [CompareCommand.self, TurnsCommand.self],
    defaultSubcommand: CompareCommand.self)
}
