import RondoTensor

/// A fixed number of tensors of one shape that belong together, such as the parts of a state.
public protocol TensorGroup {
  /// The number of tensors in a group.
  static var partCount: Int { get }

  /// Every tensor of the group.
  var parts: [Tensor] { get }

  /// Creates a group from its tensors, as many as `partCount`.
  init(parts: [Tensor])
}

extension TensorGroup {
  /// Returns the group with a function applied to every tensor.
  public func mapped(_ transform: (Tensor) -> Tensor) -> Self {
    Self(parts: parts.map(transform))
  }

  /// Combines groups part by part.
  ///
  /// - Parameters:
  ///   - groups: The groups.
  ///   - join: Combines the same part of each group.
  /// - Returns: One group.
  public static func joining(_ groups: [Self], with join: ([Tensor]) -> Tensor) -> Self {
    let parts = groups.map(\.parts)
    return Self(parts: (0..<partCount).map { part in join(parts.map { $0[part] }) })
  }
}
