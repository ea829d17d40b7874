import ArgumentParser

/// Measures Rondo beside PyTorch.
@main
struct BenchmarkProgram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rondo-benchmark",
    abstract: "Measures Rondo beside PyTorch: the same model, weights and batch, in turns.",
    subcommands: [CompareCommand.self, TurnsCommand.self],
    defaultSubcommand: CompareCommand.self)
}
