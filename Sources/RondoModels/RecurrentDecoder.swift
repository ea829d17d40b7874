import RondoLayers
import RondoTensor

/// A recurrent decoder, with or without attention.
///
/// ```text
/// Bahdanau:  c = attention(s),  s′ = cell([e; c], s)      context first, from the state before
/// Luong:     s′ = cell(e, s),   c = attention(s′)         context last, from the state after
///
/// o = tanh(W [s′; c] + b)      readout
/// y = V o + d                  logits of the next token
/// ```
///
/// With input feeding the previous readout is part of the cell's input. The readout has the size of
/// an embedding, so that the output layer can be tied to the embedding, and so that the largest
/// product, the one with the vocabulary, stays small.
///
/// - Source: Bahdanau, Cho and Bengio,
///   [Neural Machine Translation by Jointly Learning to Align and Translate](https://arxiv.org/abs/1409.0473),
///   2015; Luong, Pham and Manning,
///   [Effective Approaches to Attention-based Neural Machine Translation](https://arxiv.org/abs/1508.04025),
///   2015, equation 5 for the readout, which both attentions use here in place of Bahdanau's maxout
///   layer, and section 3.3 for input feeding.
public struct RecurrentDecoder: Module {
  /// The embedding of target tokens.
  public let embedding: Embedding
  /// The recurrent stack.
  public let network: RecurrentNetwork
  /// The attention over the source, or `nil` for a decoder without attention.
  public let attention: DecoderAttention?
  /// W and b, from the state and the context to the readout.
  public let readout: Linear
  /// V and d, from the readout to the logits over the vocabulary.
  public let output: Linear
  /// Applied to the embeddings and to the readout.
  public let dropout: Dropout
  /// Whether the previous readout is part of the cell's input.
  public let hasInputFeeding: Bool

  /// Creates a decoder.
  ///
  /// - Parameters:
  ///   - vocabularySize: V, the number of target tokens.
  ///   - embeddingSize: E, the number of features of a token embedding, and of the readout.
  ///   - hiddenSize: H, the number of hidden features.
  ///   - layerCount: The number of layers.
  ///   - cell: The recurrent cell.
  ///   - attention: The attention, or `nil` for none.
  ///   - memorySize: K, the number of features of an encoder state.
  ///   - hasInputFeeding: Whether the previous readout is part of the cell's input.
  ///   - hasTiedOutput: Whether the output layer shares its weights with the embedding.
  ///   - dropout: The dropout rate on embeddings and readout, and between layers.
  public init(
    vocabularySize: Int, embeddingSize: Int, hiddenSize: Int, layerCount: Int,
    cell: RecurrentKind, attention: AttentionKind?, memorySize: Int, hasInputFeeding: Bool,
    hasTiedOutput: Bool, dropout: Double
  ) {
    let contextSize = attention == nil ? 0 : memorySize
    // A tied embedding is also the output layer: vectors of length 1 keep the first logits small.
    embedding = Embedding(
      vocabularySize: vocabularySize, size: embeddingSize,
      deviation: hasTiedOutput ? 1 / Double(embeddingSize).squareRoot() : 1)
    network = RecurrentNetwork(
      cell,
      inputSize: embeddingSize + (attention == .bahdanau ? contextSize : 0)
        + (hasInputFeeding ? embeddingSize : 0),
      hiddenSize: hiddenSize, layerCount: layerCount, dropout: dropout)
    self.attention = attention.map {
      DecoderAttention($0, querySize: hiddenSize, keySize: memorySize)
    }
    readout = Linear(from: hiddenSize + contextSize, to: embeddingSize)
    output =
      hasTiedOutput
      ? Linear(tiedTo: embedding, hasBias: true) : Linear(from: embeddingSize, to: vocabularySize)
    self.dropout = Dropout(dropout)
    self.hasInputFeeding = hasInputFeeding
  }

  /// The state of the decoder between two tokens, and the encoded source.
  public struct State {
    /// The encoded source, when there is attention.
    let memory: AttentionMemory?
    /// The state of the recurrent stack.
    let recurrent: RecurrentNetwork.State
    /// The previous readout, `[B, E]`, with input feeding.
    let fed: Tensor?
  }

  /// Prepares the state before the first token.
  ///
  /// - Parameters:
  ///   - memory: Encoder states, `[B, S, K]`.
  ///   - mask: Which source positions are visible.
  ///   - recurrent: The initial state of the recurrent stack.
  /// - Returns: The state.
  func start(
    over memory: Tensor, mask: AttentionMask, from recurrent: RecurrentNetwork.State
  ) -> State {
    State(
      memory: attention?.remember(memory, mask: mask), recurrent: recurrent,
      fed: hasInputFeeding
        ? Tensor(repeating: 0, shape: [memory.shape[0], embedding.size], like: memory) : nil)
  }

  /// The result of one step or of all steps.
  struct Written {
    let readout: Tensor  // [B, E] or [B, T, E]
    let weights: Tensor?  // [B, S] or [B, T, S]
    let state: State
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - token: The embedding of the previous token, `[B, E]`.
  ///   - state: The state before the step.
  ///   - form: How attention and cell are computed.
  /// - Returns: The readout, `[B, E]`, the attention weights, `[B, S]`, and the new state.
  func step(_ token: Tensor, from state: State, form: LayerForm) -> Written {
    let before = attention?.beforeStep(state.recurrent.top, over: state.memory, form: form)
    let input = [token, before?.context, state.fed].compactMap(\.self)
    let read = network(
      concatenated(input, axis: -1).expandedDimensions(axis: 1), from: state.recurrent, form: form)
    let hidden = read.sequence.squeezed(axis: 1)
    let attended = before ?? attention?.afterStep(hidden, over: state.memory)
    let readout = readout(of: hidden, attended?.context)
    return Written(
      readout: readout, weights: attended?.weights,
      state: State(
        memory: state.memory, recurrent: read.state, fed: hasInputFeeding ? readout : nil))
  }

  /// Combines state and context, `[…, H]` and `[…, K]`, into a readout, `[…, E]`.
  func readout(of hidden: Tensor, _ context: Tensor?) -> Tensor {
    let joined = context.map { concatenated([hidden, $0], axis: -1) } ?? hidden
    return dropout(readout(joined).tanh())
  }
}
