import RondoLayers
import RondoTensor

/// An encoder that reads a sentence and a decoder that writes another, joined by an attention.
///
/// Without attention the decoder knows the source only through its first state, a bottleneck of
/// fixed size whatever the length of the source. With attention it looks at the encoder's states,
/// both directions joined; Luong's dot score, which compares equal sizes, at their sum.
///
/// Position t of the output scores the token at position t + 1 of the target. So the start token
/// is fed and never predicted, and no position has to be left out of a loss by hand: the scores
/// of the positions before the last are compared with the target from its second token on.
///
/// Weights begin as in PyTorch: uniform within ±1/√inputSize, and ±1/√H in the cells, with two
/// exceptions. The forget bias of an LSTM begins at 1 (Jozefowicz et al., 2015). Token vectors
/// begin normal with deviation 1, so that tokens differ from the first step on, unless the table
/// also scores the output: then the deviation is 1/√E, which keeps the first scores of order one
/// (the scale of Vaswani et al., 2017, section 3.4, moved into the table).
///
/// - Source: Sutskever, Vinyals and Le,
///   [Sequence to Sequence Learning with Neural Networks](https://arxiv.org/abs/1409.3215), 2014;
///   for the attentions see ``RecurrentDecoder``.
public struct Seq2Seq: Module {
  /// Reads the source.
  public let encoder: RecurrentEncoder
  /// Leads from the encoder's last state to the decoder's first.
  public let bridge: Bridge
  /// Writes the target.
  public let decoder: RecurrentDecoder
  /// Whether the decoder looks at the sum of the encoder's directions, and not at both joined.
  public let isSummingDirections: Bool

  /// Creates a model.
  ///
  /// - Parameters:
  ///   - sourceVocabularySize: The number of source tokens.
  ///   - targetVocabularySize: V, the number of target tokens.
  ///   - embeddingSize: E, the number of features of a token's vector.
  ///   - hiddenSize: H, the number of features in the memory of each direction of the encoder, and
  ///     in that of the decoder.
  ///   - encoderLayerCount: The number of layers of the encoder.
  ///   - decoderLayerCount: The number of layers of the decoder.
  ///   - cell: The recurrent cell of both.
  ///   - isBidirectional: Whether the encoder also reads backward.
  ///   - bridge: How the encoder's last state becomes the decoder's first, or `nil` for a projection
  ///     of two directions, and for the state itself where there is one.
  ///   - attention: How the decoder looks at the source, or `nil` when it does not.
  ///   - hasInputFeeding: Whether the decoder's previous readout is part of its input.
  ///   - hasTiedOutput: Whether the scores are taken with the decoder's embedding.
  ///   - dropout: The dropout rate on token vectors and readouts, and between layers.
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

  /// The source as the decoder sees it, and how far the decoder has come.
  public struct State {
    let decoder: RecurrentDecoder.State
  }

  /// Reads the source.
  ///
  /// - Parameters:
  ///   - source: Token identifiers, `[B, S]`.
  ///   - lengths: The number of real tokens of each row.
  ///   - form: How the sentences are read.
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

  /// Scores every token of a target.
  ///
  /// - Parameters:
  ///   - source: Token identifiers, `[B, S]`.
  ///   - lengths: The number of real tokens of each row of the source.
  ///   - target: The right tokens, `[B, T]`, beginning with the start token.
  ///   - coins: True where the right token is fed, `[B, T]`, and false where the model reads its
  ///     own most probable token; `nil` feeds all right tokens. The start token is always fed.
  ///   - form: How the model is computed; `.stepwise` is for comparison.
  /// - Returns: The scores, `[B, T, V]`, and where the decoder looked, `[B, T, S]`.
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
