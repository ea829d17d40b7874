import RondoTensor

/// The gate activations of a gated recurrent unit at one step, or at all steps.
///
/// A gate near 1 is open and a gate near 0 closed; the candidate lies between -1 and 1.
public struct GRUGates: TensorGroup {
  /// The reset gate r: how much of the hidden state the candidate uses, `[B, H]`.
  public let reset: Tensor
  /// The update gate z: how much of the hidden state is kept, `[B, H]`.
  public let update: Tensor
  /// The candidate n, which replaces the rest, `[B, H]`.
  public let candidate: Tensor

  /// The gates are three tensors.
  public static var partCount: Int { 3 }

  /// The tensors in the order r, z, n.
  public var parts: [Tensor] { [reset, update, candidate] }

  /// Creates gates from tensors in the order r, z, n.
  public init(parts: [Tensor]) {
    (reset, update, candidate) = (parts[0], parts[1], parts[2])
  }
}
