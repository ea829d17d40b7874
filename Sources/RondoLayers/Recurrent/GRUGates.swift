import RondoTensor

/// What the gates of a gated recurrent unit let through in one step, or in all steps.
///
/// Numbers near 1 are open gates, numbers near 0 closed ones; the candidate lies between -1 and 1.
public struct GRUGates: TensorGroup {
  /// How much of the memory the candidate sees, r, `[B, H]`.
  public let reset: Tensor
  /// How much of the memory stays, z, `[B, H]`.
  public let update: Tensor
  /// What takes the place of the rest, n, `[B, H]`.
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
