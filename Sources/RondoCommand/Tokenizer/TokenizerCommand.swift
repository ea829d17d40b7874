import ArgumentParser

/// `rondo tokenizer`: text to tokens and back.
struct TokenizerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenizer",
    abstract: "Train, use, look at and compare tokenizers.",
    discussion: """
      A tokenizer is a tokenizer.json of Rondo or Hugging Face, GPT-2's vocab.json and merges.txt, \
      BERT's vocab.txt, a SentencePiece .model, a file of tiktoken ranks, or a folder with one of \
      these, such as the folder of a run.
      """,
    subcommands: [
      TrainTokenizerCommand.self, EncodeCommand.self, DecodeCommand.self, InspectCommand.self,
      CompareTokenizersCommand.self,
    ])
}
