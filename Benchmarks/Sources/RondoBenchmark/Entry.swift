/// A piece of work that both sides do.
struct Entry: Codable, Hashable {
  /// What is computed.
  enum Work: String, Codable {
    case linear
    case gru
    case lstm
    case seq2seq
  }

  /// How much of a training step is computed.
  enum Mode: String, Codable {
    /// The output alone, without a history.
    case inference
    /// The output and every gradient, that of the input included.
    case training
    /// The output, every gradient, and a step of AdamW.
    case step
  }

  let work: Work
  let mode: Mode
  /// The sizes, in the order of ``list``.
  let sizes: [Int]

  /// The name in tables and threshold files, such as `gru/training/16-20-10-32`.
  var name: String {
    "\(work.rawValue)/\(mode.rawValue)/\(sizes.map(String.init).joined(separator: "-"))"
  }
}

extension Entry {
  /// Everything that is measured.
  static let list: [Entry] =
    linearSizes.flatMap { sizes in
      [.inference, .training].map { Entry(work: .linear, mode: $0, sizes: sizes) }
    }
    + [Work.gru, .lstm].flatMap { work in
      recurrentSizes.flatMap { sizes in
        [.inference, .training].map { Entry(work: work, mode: $0, sizes: sizes) }
      }
    }
    + [.training, .step].map { Entry(work: .seq2seq, mode: $0, sizes: [64, 30, 30, 256, 8000]) }

  /// Rows, input features and output features.
  private static let linearSizes = [
    [768, 128, 512], [4096, 384, 1536], [1024, 512, 8192], [320, 256, 1024],
  ]

  /// B, T, E and H.
  private static let recurrentSizes = [
    [16, 20, 10, 32], [32, 50, 128, 128], [32, 100, 256, 256], [64, 100, 512, 512],
  ]
}
