import RondoTensor

/// What the gates of an LSTM let through in one step, or in all steps.
///
/// Numbers near 1 are open gates, numbers near 0 closed ones; the candidate lies between -1 and 1.
public struct LSTMGates: TensorGroup {
  /// How much of the candidate is written, i, `[B, H]`.
  public let input: Tensor
  /// How much of the cell is kept, f, `[B, H]`.
  public let forget: Tensor
  /// What may be written, g, `[B, H]`.
  public let candidate: Tensor
  /// How much of the cell is shown, o, `[B, H]`.
  public let output: Tensor

  /// The gates are four tensors.
  public static var partCount: Int { 4 }

  /// The tensors in the order i, f, g, o.
  public var parts: [Tensor] { [input, forget, candidate, output] }

  /// Creates gates from tensors in the order i, f, g, o.
  public init(parts: [Tensor]) {
    (input, forget, candidate, output) = (parts[0], parts[1], parts[2], parts[3])
  }
}
