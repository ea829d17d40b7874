import RondoTensor

/// The state of a recurrent network between two steps.
///
/// A state is a few tensors of one shape, the hidden state first: `[B, H]` for a cell, and
/// `[layers · directions, B, H]` for a stack, bottom layer first, forward before backward.
public protocol RecurrentState: TensorGroup {
  /// The tensor that is also the output of the step.
  var hidden: Tensor { get }
}

extension RecurrentState {
  /// Creates a state of zeros, with the device and the type of `other`.
  ///
  /// - Parameters:
  ///   - shape: The shape of every tensor of the state.
  ///   - other: A tensor on the same device and of the same type.
  /// - Returns: The state.
  public static func zeros(shape: [Int], like other: Tensor) -> Self {
    let zeros = Tensor(repeating: 0, shape: shape, like: other)
    return Self(parts: Array(repeating: zeros, count: partCount))
  }

  /// Creates the initial state of a cell: all zeros.
  ///
  /// - Parameters:
  ///   - hiddenSize: H, the number of hidden features.
  ///   - x: The input of the step, `[B, E]`.
  /// - Returns: The state, `[B, H]`.
  public static func zeros(hiddenSize: Int, like x: Tensor) -> Self {
    zeros(shape: [x.shape[0], hiddenSize], like: x)
  }

  /// The state of some layers of a stack.
  func layers(from first: Int, count: Int) -> Self {
    mapped { $0.narrowed(axis: 0, from: first, count: count) }
  }
}
