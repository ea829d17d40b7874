import RondoLayers
import RondoTensor

/// The output of a sequence-to-sequence model over a target.
public struct Seq2SeqOutput {
  /// The readout at each position, which the output layer turns into logits, `[B, T, E]`.
  public let readout: Tensor
  /// The layer that maps a readout to logits over the vocabulary.
  public let output: Linear
  /// The attention weights over the source, `[B, T, S]`, when the decoder has attention.
  public let attention: Tensor?
  /// The token that was fed to the decoder at each position, `[B, T]`.
  public let fed: Tensor

  /// The logits of the token after each position, `[B, T, V]`.
  ///
  /// They are computed on demand: a loss needs only the readout, which saves the memory of V logits
  /// per position.
  public var logits: Tensor { output(readout) }
}
