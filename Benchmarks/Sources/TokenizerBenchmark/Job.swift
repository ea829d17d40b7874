/// A piece of work, as both sides are told of it.
struct Job: Codable {
  /// What is done.
  enum Work: String, Codable {
    /// Text becomes identifiers.
    case encode
    /// A file becomes a tokenizer.
    case load
    /// Text becomes a vocabulary.
    case train
  }

  /// Another library.
  enum Peer: String, Codable {
    case tiktoken
    case gigatoken
    case huggingFace
    case sentencePiece
  }

  /// What is trained.
  enum Model: String, Codable {
    case bytePair
    case wordPiece
    case unigram
  }

  /// The name in tables and threshold files.
  let name: String
  let work: Work
  let peer: Peer
  /// The tokenizer's file on Rondo's side.
  var file: String?
  /// The same tokenizer in a file that the other library reads.
  var peerFile: String?
  /// The text to encode: the path of a `.txt` and an `.idx` file without the ending.
  var text: String?
  /// The texts to learn from.
  var texts: [String] = []
  var model: Model?
  var vocabularySize: Int?
  /// Where the other library writes its identifiers or merges, to be compared.
  var ids: String
}

extension Job {
  /// Kinds of text.
  static let textNames = ["english", "code", "multilingual"]

  /// Everything that is measured beside another library.
  ///
  /// - Parameters:
  ///   - folder: Where the texts and vocabularies are.
  ///   - exchange: Where results are written.
  /// - Returns: The jobs.
  static func all(folder: String, exchange: String) -> [Job] {
    let vocabularies: [(String, String, [(Peer, String)])] = [
      (
        "gpt2", "gpt2.json",
        [(.tiktoken, "gpt2.tiktoken"), (.gigatoken, "gpt2.json"), (.huggingFace, "gpt2.json")]
      ),
      (
        "cl100k", "cl100k.tiktoken",
        [
          (.tiktoken, "cl100k.tiktoken"), (.gigatoken, "cl100k.json"),
          (.huggingFace, "cl100k.json"),
        ]
      ),
      ("word-pieces", "word-pieces.json", [(.huggingFace, "word-pieces.json")]),
      ("unigram", "unigram.model", [(.sentencePiece, "unigram.model")]),
      (
        "sentencepiece-bpe", "sentencepiece-bpe.model",
        [(.sentencePiece, "sentencepiece-bpe.model"), (.gigatoken, "sentencepiece-bpe.model")]
      ),
    ]
    let encoding = vocabularies.flatMap { name, file, peers in
      textNames.flatMap { text in
        peers.map { peer, peerFile in
          Job(
            name: "\(name)/\(text)/\(peer.rawValue)", work: .encode, peer: peer,
            file: "\(folder)/\(file)", peerFile: "\(folder)/\(peerFile)",
            text: "\(folder)/\(text)", ids: exchange)
        }
      }
    }
    // Hugging Face takes minutes for unigrams of many scripts, where SentencePiece is the faster.
    let english = [textNames[0]]
    let training: [(String, Model, Peer, Int, [String])] = [
      ("byte-pair", .bytePair, .huggingFace, 32_000, textNames),
      ("byte-pair", .bytePair, .sentencePiece, 32_000, textNames),
      ("word-pieces", .wordPiece, .huggingFace, 30_000, textNames),
      ("unigram", .unigram, .sentencePiece, 32_000, textNames),
      ("unigram-english", .unigram, .sentencePiece, 16_000, english),
      ("unigram-english", .unigram, .huggingFace, 16_000, english),
    ]
    let loading = Job(
      name: "load/10-MB/huggingFace", work: .load, peer: .huggingFace, file: "\(folder)/large.json",
      peerFile: "\(folder)/large.json", ids: exchange)
    return encoding + [loading]
      + training.map { name, model, peer, size, texts in
        Job(
          name: "train/\(name)/\(peer.rawValue)", work: .train, peer: peer,
          texts: texts.map { "\(folder)/\($0)" }, model: model, vocabularySize: size,
          ids: exchange)
      }
  }
}
