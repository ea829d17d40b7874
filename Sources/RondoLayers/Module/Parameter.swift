import RondoTensor

/// A trainable tensor, which an optimizer updates.
///
/// A parameter has an identity. Layers that store the same parameter share it, which is how
/// weights are tied: an update through one layer is seen by the other.
public final class Parameter {
  /// The current value, which records gradients.
  ///
  /// Optimizer steps update this tensor in place; `value.copied()` keeps the current elements.
  public private(set) var value: Tensor

  /// Creates a parameter with an initial value.
  public init(_ value: Tensor) { self.value = Parameter.owned(value) }

  /// The size of every axis of the value.
  public var shape: [Int] { value.shape }

  /// The gradient accumulated by backward passes, or `nil` when there is none.
  public var gradient: Tensor? { value.gradient }

  /// Discards the gradient; without this, backward passes add to it.
  public func clearGradient() { value.clearGradient() }

  /// Copies the elements of a tensor of the same shape into the value, from any device and type.
  ///
  /// - Parameter newValue: The new elements.
  public func assign(_ newValue: Tensor) {
    guard newValue.shape == shape else {
      fatalError("a parameter of shape \(shape) cannot be assigned a tensor of \(newValue.shape)")
    }
    value.overwrite(with: newValue)
  }

  /// Replaces the value, and with it the device and the type.
  func replace(with newValue: Tensor) { value = Parameter.owned(newValue) }

  /// A copy of a tensor that no other code can change and that records gradients.
  private static func owned(_ value: Tensor) -> Tensor {
    withoutGradients { value.copied() }.recordingGradient()
  }
}

extension Parameter {
  /// Creates a parameter initialized uniformly from `-bound ..< bound`.
  ///
  /// - Parameters:
  ///   - bound: The largest magnitude.
  ///   - shape: The size of every axis.
  public convenience init(uniformWithin bound: Double, shape: [Int]) {
    self.init(Tensor(uniform: -bound..<bound, shape: shape))
  }

  /// Creates a parameter with every element equal to `value`.
  ///
  /// - Parameters:
  ///   - value: The element.
  ///   - shape: The size of every axis.
  public convenience init(repeating value: Double, shape: [Int]) {
    self.init(Tensor(repeating: value, shape: shape))
  }
}
