import RondoTensor

/// What the gates of an LSTM let through in one step.
///
/// Numbers near 1 are open gates, numbers near 0 closed ones; the candidate lies between -1 and 1.
public struct LSTMGates {
  /// How much of the candidate is written, i, `[B, H]`.
  public let input: Tensor
  /// How much of the cell is kept, f, `[B, H]`.
  public let forget: Tensor
  /// What may be written, g, `[B, H]`.
  public let candidate: Tensor
  /// How much of the cell is shown, o, `[B, H]`.
  public let output: Tensor
}
