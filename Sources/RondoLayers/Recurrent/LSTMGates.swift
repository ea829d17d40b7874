import RondoTensor

/// The gate activations of an LSTM at one step, or at all steps.
///
/// A gate near 1 is open and a gate near 0 closed; the candidate lies between -1 and 1.
public struct LSTMGates: TensorGroup {
  /// The input gate i: how much of the candidate is written, `[B, H]`.
  public let input: Tensor
  /// The forget gate f: how much of the cell state is kept, `[B, H]`.
  public let forget: Tensor
  /// The candidate g: what may be written, `[B, H]`.
  public let candidate: Tensor
  /// The output gate o: how much of the cell state is output, `[B, H]`.
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
