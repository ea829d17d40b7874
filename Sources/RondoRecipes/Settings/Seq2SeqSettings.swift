import RondoLayers
import RondoModels
import RondoTraining

/// The architecture of a recurrent encoder–decoder.
struct Seq2SeqSettings: SettingsGroup {
  /// The number of features of a token embedding.
  var embeddingSize: Int
  /// The number of hidden features.
  var hiddenSize: Int
  /// The number of encoder layers.
  var encoderLayerCount = 1
  /// The number of decoder layers.
  var decoderLayerCount = 1
  /// The recurrent cell: rnn, gru or lstm.
  var cell = RecurrentKind.gru
  /// Whether the encoder also runs backward.
  var isBidirectional = true
  /// How the encoder's directions are combined for the decoder, or none for the default.
  var bridge: Bridge.Kind?
  /// The attention, or none.
  var attention: AttentionKind? = .bahdanau
  /// Whether the decoder's previous readout is part of its input.
  var hasInputFeeding = false
  /// Whether the output layer shares its weights with the target embedding.
  var hasTiedOutput = false
  /// The dropout rate.
  var dropout = 0.0

  static let help = [
    "embeddingSize": "features of a token's vector",
    "hiddenSize": "features of the recurrent memories",
    "encoderLayerCount": "layers of the encoder",
    "decoderLayerCount": "layers of the decoder",
    "cell": "rnn, gru or lstm",
    "isBidirectional": "the encoder also reads backward",
    "bridge": "projection or sum of the encoder's directions, or none for the usual way",
    "attention": "bahdanau, luongDot, luongGeneral, luongConcat, or none",
    "hasInputFeeding": "the decoder's previous readout is part of its input",
    "hasTiedOutput": "the output is scored with the embedding of the target",
    "dropout": "dropout rate, from 0 up to 1",
  ]

  /// What is wrong with the settings, or `nil`.
  var problem: String? {
    let sizes = [embeddingSize, hiddenSize, encoderLayerCount, decoderLayerCount]
    if sizes.contains(where: { $0 < 1 }) { return "sizes and numbers of layers are above 0" }
    // More weights than fit in memory would crash the program while they are created.
    let layers = Double(encoderLayerCount) + Double(decoderLayerCount)
    let inputSize = Double(embeddingSize) + Double(hiddenSize)
    guard (layers * Double(hiddenSize) + 1_000) * inputSize < 0x1p28 else {
      return "the model would have thousands of millions of weights; lower hiddenSize, "
        + "embeddingSize or the numbers of layers"
    }
    return (0..<1).contains(dropout) ? nil : "dropout is in 0..<1"
  }

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - sourceSize: The size of the source vocabulary.
  ///   - targetSize: The size of the target vocabulary.
  /// - Returns: The model, with initial weights.
  func model(sourceSize: Int, targetSize: Int) -> Seq2Seq {
    Seq2Seq(
      sourceVocabularySize: sourceSize, targetVocabularySize: targetSize,
      embeddingSize: embeddingSize, hiddenSize: hiddenSize,
      encoderLayerCount: encoderLayerCount, decoderLayerCount: decoderLayerCount, cell: cell,
      isBidirectional: isBidirectional, bridge: bridge, attention: attention,
      hasInputFeeding: hasInputFeeding,
      hasTiedOutput: hasTiedOutput, dropout: dropout)
  }
}
