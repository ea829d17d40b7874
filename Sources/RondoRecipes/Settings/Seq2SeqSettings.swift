import RondoLayers
import RondoModels
import RondoTraining

/// What a recurrent encoder–decoder is made of.
struct Seq2SeqSettings: SettingsGroup {
  /// Features of a token's vector.
  var embeddingSize: Int
  /// Features of the recurrent memories.
  var hiddenSize: Int
  /// Layers of the encoder.
  var encoderLayerCount = 1
  /// Layers of the decoder.
  var decoderLayerCount = 1
  /// The recurrent cell: rnn, gru or lstm.
  var cell = RecurrentKind.gru
  /// Whether the encoder also reads backward.
  var isBidirectional = true
  /// How the encoder's directions are joined for the decoder, or none for the usual way.
  var bridge: Bridge.Kind?
  /// The attention, or none.
  var attention: AttentionKind? = .bahdanau
  /// Whether the decoder's previous readout is part of its input.
  var hasInputFeeding = false
  /// Whether the output is scored with the embedding of the target.
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

  /// Why no model can be made of this, or `nil`.
  var problem: String? {
    let sizes = [embeddingSize, hiddenSize, encoderLayerCount, decoderLayerCount]
    if sizes.contains(where: { $0 < 1 }) { return "sizes and numbers of layers are above 0" }
    // Far more weights than memory holds would end the program in the middle of making them.
    let layers = Double(encoderLayerCount) + Double(decoderLayerCount)
    let inputSize = Double(embeddingSize) + Double(hiddenSize)
    guard (layers * Double(hiddenSize) + 1_000) * inputSize < 0x1p28 else {
      return "the model would have thousands of millions of weights; lower hiddenSize, "
        + "embeddingSize or the numbers of layers"
    }
    return (0..<1).contains(dropout) ? nil : "dropout is in 0..<1"
  }

  /// Makes the model.
  ///
  /// - Parameters:
  ///   - sourceSize: The number of source tokens.
  ///   - targetSize: The number of target tokens.
  /// - Returns: The model, with weights as they begin.
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
