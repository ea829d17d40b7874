import RondoLayers
import RondoTensor

/// What a sequence-to-sequence model says about a target.
public struct Seq2SeqOutput {
  /// What the decoder knew after each position, `[B, T, E]`, before the scores.
  public let readout: Tensor
  /// The layer that turns a readout into the scores of all tokens.
  public let output: Linear
  /// Where the decoder looked in the source, `[B, T, S]`, when it has attention.
  public let attention: Tensor?
  /// The token that the decoder read at each position, `[B, T]`.
  public let fed: Tensor

  /// The scores of the token after each position, `[B, T, V]`.
  ///
  /// They are computed when asked for: a loss needs only the readout, and no room for V scores a
  /// position.
  public var logits: Tensor { output(readout) }
}
