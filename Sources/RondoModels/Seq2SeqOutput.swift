import RondoTensor

/// What a sequence-to-sequence model says about a target.
public struct Seq2SeqOutput {
  /// The scores of the token after each position, `[B, T, V]`.
  public let logits: Tensor
  /// Where the decoder looked in the source, `[B, T, S]`, when it has attention.
  public let attention: Tensor?
  /// The token that the decoder read at each position, `[B, T]`.
  public let fed: Tensor
}
