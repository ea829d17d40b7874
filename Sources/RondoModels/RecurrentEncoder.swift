import RondoLayers
import RondoTensor

/// A recurrent encoder of token sequences.
public struct RecurrentEncoder: Module {
  /// The embedding of source tokens.
  public let embedding: Embedding
  /// The recurrent stack.
  public let network: RecurrentNetwork
  /// Applied to the embeddings.
  public let dropout: Dropout

  /// Creates an encoder.
  ///
  /// - Parameters:
  ///   - vocabularySize: The number of source tokens.
  ///   - embeddingSize: The number of features of a token embedding.
  ///   - hiddenSize: H, the number of hidden features per direction.
  ///   - layerCount: The number of layers.
  ///   - cell: The recurrent cell.
  ///   - isBidirectional: Whether every layer also runs backward.
  ///   - dropout: The dropout rate on the embeddings and between layers.
  public init(
    vocabularySize: Int, embeddingSize: Int, hiddenSize: Int, layerCount: Int,
    cell: RecurrentKind, isBidirectional: Bool, dropout: Double
  ) {
    embedding = Embedding(vocabularySize: vocabularySize, size: embeddingSize)
    network = RecurrentNetwork(
      cell, inputSize: embeddingSize, hiddenSize: hiddenSize, layerCount: layerCount,
      dropout: dropout, isBidirectional: isBidirectional)
    self.dropout = Dropout(dropout)
  }

  /// Encodes a batch of sentences.
  ///
  /// - Parameters:
  ///   - tokens: Token identifiers, `[B, S]`.
  ///   - lengths: The number of real tokens of each row.
  ///   - form: Whether to run fused or step by step.
  /// - Returns: The top layer's hidden states, `[B, S, H · directions]`, and the final state.
  public func callAsFunction(
    _ tokens: Tensor, lengths: [Int], form: LayerForm = .fused
  ) -> RecurrentOutput<RecurrentNetwork.State> {
    network(dropout(embedding(tokens)), lengths: lengths, form: form)
  }
}
