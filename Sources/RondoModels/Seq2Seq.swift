import RondoLayers
import RondoTensor

/// An encoder–decoder model, with or without attention.
///
/// Without attention the decoder knows the source only through its initial state, a bottleneck of
/// fixed size whatever the length of the source. With attention it attends over the encoder's
/// states, both directions concatenated; Luong's dot score, which needs queries and keys of equal
/// size, attends over their sum.
///
/// The logits at position t predict the token at position t + 1 of the target. So the start token
/// is fed and never predicted, and no position has to be masked by hand: compare the logits of all
/// positions but the last with the target from its second token on.
///
/// Weights are initialized as in PyTorch: uniformly within ±1/√inputSize, and ±1/√H in the cells,
/// with two exceptions. The forget bias of an LSTM starts at 1 (Jozefowicz et al., 2015).
/// Embeddings are drawn from a normal distribution with deviation 1, so that tokens differ from the
/// first step on, unless they are tied to the output layer: then the deviation is 1/√E, which keeps
/// the first logits of order one (the scale of Vaswani et al., 2017, section 3.4, moved into the
/// table).
///
/// - Source: Sutskever, Vinyals and Le,
///   [Sequence to Sequence Learning with Neural Networks](https://arxiv.org/abs/1409.3215), 2014;
///   for the two attentions see ``RecurrentDecoder``.
public struct Seq2Seq: Module {
  /// Encodes the source.
  public let encoder: RecurrentEncoder
  /// Maps the encoder's final state to the decoder's initial state.
  public let bridge: Bridge
  /// Generates the target.
  public let decoder: RecurrentDecoder
  /// Whether the decoder attends over the sum of the encoder's directions, not their concatenation.
  public let isSummingDirections: Bool

  /// Creates a model.
  ///
  /// - Parameters:
  ///   - sourceVocabularySize: The number of source tokens.
  ///   - targetVocabularySize: V, the number of target tokens.
  ///   - embeddingSize: E, the number of features of a token embedding.
  ///   - hiddenSize: H, the number of hidden features of each direction of the encoder, and of the
  ///     decoder.
  ///   - encoderLayerCount: The number of layers of the encoder.
  ///   - decoderLayerCount: The number of layers of the decoder.
  ///   - cell: The recurrent cell of both.
  ///   - isBidirectional: Whether the encoder also runs backward.
  ///   - bridge: How the encoder's final state becomes the decoder's initial state, or `nil` for a
  ///     projection of two directions, and for the state itself where there is one.
  ///   - attention: The attention of the decoder, or `nil` for none.
  ///   - hasInputFeeding: Whether the decoder's previous readout is part of its input.
  ///   - hasTiedOutput: Whether the output layer shares its weights with the decoder's embedding.
  ///   - dropout: The dropout rate on embeddings and readouts, and between layers.
  public init(
    sourceVocabularySize: Int, targetVocabularySize: Int, embeddingSize: Int, hiddenSize: Int,
    encoderLayerCount: Int = 1, decoderLayerCount: Int = 1, cell: RecurrentKind = .gru,
    isBidirectional: Bool = true, bridge: Bridge.Kind? = nil,
    attention: AttentionKind? = .bahdanau, hasInputFeeding: Bool = false,
    hasTiedOutput: Bool = false, dropout: Double = 0
  ) {
    let directionCount = isBidirectional ? 2 : 1
    isSummingDirections = isBidirectional && attention == .luongDot
    encoder = RecurrentEncoder(
      vocabularySize: sourceVocabularySize, embeddingSize: embeddingSize, hiddenSize: hiddenSize,
      layerCount: encoderLayerCount, cell: cell, isBidirectional: isBidirectional, dropout: dropout)
    self.bridge = Bridge(
      bridge ?? (isBidirectional ? .projection : .sum), from: hiddenSize,
      directionCount: directionCount, to: hiddenSize, layerCount: decoderLayerCount,
      partCount: cell.partCount)
    decoder = RecurrentDecoder(
      vocabularySize: targetVocabularySize, embeddingSize: embeddingSize, hiddenSize: hiddenSize,
      layerCount: decoderLayerCount, cell: cell, attention: attention,
      memorySize: isSummingDirections ? hiddenSize : directionCount * hiddenSize,
      hasInputFeeding: hasInputFeeding,
      hasTiedOutput: hasTiedOutput, dropout: dropout)
  }

  /// The encoded source and the state of the decoder.
  public struct State {
    let decoder: RecurrentDecoder.State
  }

  /// Encodes a batch of source sentences.
  ///
  /// - Parameters:
  ///   - source: Token identifiers, `[B, S]`.
  ///   - lengths: The number of real tokens of each row.
  ///   - form: Whether to run fused or step by step.
  /// - Returns: The state before the first target token.
  public func encode(_ source: Tensor, lengths: [Int], form: LayerForm = .fused) -> State {
    let read = encoder(source, lengths: lengths, form: form)
    let mask = AttentionMask.hidingPadding(
      lengths: lengths, count: source.shape[1], on: source.device)
    let memory =
      isSummingDirections
      ? read.sequence.reshaped(source.shape + [2, -1]).sum(axis: 2) : read.sequence
    return State(
      decoder: decoder.start(over: memory, mask: mask, from: read.state.crossing(bridge)))
  }

  /// Predicts every token of a target, with teacher forcing or with scheduled sampling.
  ///
  /// - Parameters:
  ///   - source: Token identifiers, `[B, S]`.
  ///   - lengths: The number of real tokens of each row of the source.
  ///   - target: The target tokens, `[B, T]`, beginning with the start token.
  ///   - coins: True where the target token is fed, `[B, T]`, and false where the model is fed its
  ///     own most probable token; `nil` feeds all target tokens. The start token is always fed.
  ///   - form: How the model is computed; `.stepwise` is for comparison.
  /// - Returns: The logits, `[B, T, V]`, and the attention weights, `[B, T, S]`.
  public func callAsFunction(
    _ source: Tensor, lengths: [Int], target: Tensor, coins: Tensor? = nil,
    form: LayerForm = .fused
  ) -> Seq2SeqOutput {
    let start = encode(source, lengths: lengths, form: form)
    let written = decoder.write(target, coins: coins, from: start.decoder, form: form)
    return Seq2SeqOutput(
      readout: written.readout, output: decoder.output, attention: written.weights,
      fed: written.fed)
  }
}
