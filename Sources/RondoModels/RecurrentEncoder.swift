import RondoLayers
import RondoTensor

/// Reads token identifiers with a recurrent stack.
public struct RecurrentEncoder: Module {
  /// One vector per source token.
  public let embedding: Embedding
  /// Reads the vectors.
  public let network: RecurrentNetwork
  /// Applied to the vectors.
  public let dropout: Dropout

  /// Creates an encoder.
  ///
  /// - Parameters:
  ///   - vocabularySize: The number of source tokens.
  ///   - embeddingSize: The number of features of a token's vector.
  ///   - hiddenSize: H, the number of features in the memory of each direction.
  ///   - layerCount: The number of layers.
  ///   - cell: The recurrent cell.
  ///   - isBidirectional: Whether every layer also reads backward.
  ///   - dropout: The dropout rate on the vectors and between layers.
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

  /// Reads a batch of sentences.
  ///
  /// - Parameters:
  ///   - tokens: Token identifiers, `[B, S]`.
  ///   - lengths: The number of real tokens of each row.
  ///   - form: How the sentences are read.
  /// - Returns: The top layer's hidden states, `[B, S, H · directions]`, and the state at the end.
  public func callAsFunction(
    _ tokens: Tensor, lengths: [Int], form: LayerForm = .fused
  ) -> RecurrentOutput<RecurrentNetwork.State> {
    network(dropout(embedding(tokens)), lengths: lengths, form: form)
  }
}
