import RondoTensor

/// The state of an Elman network or a gated recurrent unit between two steps.
public struct HiddenState: RecurrentState {
  /// The hidden state, which is also the output of the step, `[B, H]`.
  public let hidden: Tensor

  /// Creates a state.
  public init(hidden: Tensor) { self.hidden = hidden }

  /// The state is one tensor.
  public static var partCount: Int { 1 }

  /// The hidden state alone.
  public var parts: [Tensor] { [hidden] }

  /// Creates a state from one tensor.
  public init(parts: [Tensor]) { self.init(hidden: parts[0]) }
}
