import RondoTensor

/// Maps the final state of an encoder to the initial state of a decoder.
///
/// A bidirectional encoder ends with two states per layer, and a decoder begins with one. The
/// bridge combines the directions:
///
/// ```text
/// s = tanh(W [h→; h←] + b)    projection, one W for each layer of the decoder and part of the state
/// s = h→ + h←                 sum
/// ```
///
/// Layers are matched from the top. Where the decoder has more layers than the encoder, the
/// encoder's lowest layer initializes the remaining ones; where it has fewer, the encoder's lowest
/// layers are not used.
///
/// - Source: Bahdanau, Cho and Bengio,
///   [Neural Machine Translation by Jointly Learning to Align and Translate](https://arxiv.org/abs/1409.0473),
///   2015, appendix A.2.2, where W is applied to the backward direction alone.
public struct Bridge: Module {
  /// How the directions are combined.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// A learned projection of the concatenated directions, followed by tanh.
    case projection
    /// The sum over directions, which for one direction is the state itself.
    case sum
  }

  /// The projections, the decoder's bottom layer first, the hidden state before the cell; none
  /// where directions are summed.
  public let projections: [Linear]
  /// The number of directions of the encoder.
  public let directionCount: Int
  /// The number of layers of the decoder.
  public let layerCount: Int

  /// Creates a bridge.
  ///
  /// - Parameters:
  ///   - kind: How the directions are combined.
  ///   - encoderSize: H of each direction of the encoder.
  ///   - directionCount: The number of directions of the encoder.
  ///   - decoderSize: H of the decoder, which for a sum must equal that of the encoder.
  ///   - layerCount: The number of layers of the decoder.
  ///   - partCount: The number of tensors in a state: two for an LSTM, and otherwise one.
  public init(
    _ kind: Kind, from encoderSize: Int, directionCount: Int, to decoderSize: Int,
    layerCount: Int = 1, partCount: Int = 1
  ) {
    self.directionCount = directionCount
    self.layerCount = layerCount
    switch kind {
    case .projection:
      projections = (0..<layerCount * partCount).map { _ in
        Linear(from: directionCount * encoderSize, to: decoderSize)
      }
    case .sum:
      guard encoderSize == decoderSize else {
        fatalError(
          "a bridge that sums directions joins equal sizes, and not \(encoderSize) and "
            + "\(decoderSize); use .projection")
      }
      projections = []
    }
  }

  /// Maps the encoder's final state to the decoder's initial state.
  ///
  /// - Parameter state: The encoder's final state, `[layers · directions, B, H]`.
  /// - Returns: The decoder's initial state, `[layers, B, H]`.
  public func callAsFunction<State: RecurrentState>(_ state: State) -> State {
    State(parts: self(state.parts))
  }

  /// Maps the tensors of the encoder's final state to those of the decoder's initial state.
  ///
  /// - Parameter parts: The tensors of the encoder's final state, the hidden state first, each
  ///   `[layers · directions, B, H]`.
  /// - Returns: The tensors of the decoder's initial state, each `[layers, B, H]`.
  public func callAsFunction(_ parts: [Tensor]) -> [Tensor] {
    parts.enumerated().map { index, part in
      let encoderLayerCount = part.shape[0] / directionCount
      let layers = (0..<layerCount).map { layer in
        let below = max(0, layer + encoderLayerCount - layerCount)
        let directions = part.narrowed(
          axis: 0, from: below * directionCount, count: directionCount)  // [directions, B, H]
        guard !projections.isEmpty else { return directions.sum(axis: 0) }
        let joined = directions.transposed(0, 1).flattened(from: 1, to: 2)
        return projections[index * layerCount + layer](joined).tanh()
      }
      return stacked(layers, axis: 0)
    }
  }
}
