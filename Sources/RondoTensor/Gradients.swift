import CTorch

/// Runs `body` without recording operations for differentiation, like PyTorch's `torch.no_grad()`.
///
/// The setting belongs to the thread, so `body` is synchronous: across an `await` it would leak.
public func withoutGradients<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let wasEnabled = ctorch_gradient_mode()
  ctorch_set_gradient_mode(false)
  defer { ctorch_set_gradient_mode(wasEnabled) }
  return try body()
}

extension Tensor {
  /// Computes the gradient of this scalar with respect to every tensor that records its gradient.
  ///
  /// Gradients accumulate: each pass adds to those already there, until ``clearGradient()``.
  public func backward() {
    guard count == 1 else { fatalError("backward: expected a scalar and found shape \(shape)") }
    if withReference({ ctorch_backward($0, nil) }) != CTORCH_OK { Operation.stop("backward") }
  }

  /// Runs the backward pass, beginning with the gradient of the loss with respect to this tensor.
  ///
  /// - Parameter gradient: The gradient, of this tensor's shape.
  public func backward(from gradient: Tensor) {
    let status = withReference { tensor in
      gradient.withReference { ctorch_backward(tensor, $0) }
    }
    if status != CTORCH_OK { Operation.stop("backward") }
  }

  /// The gradient accumulated by backward passes, or `nil` when there is none.
  public var gradient: Tensor? { withReference(ctorch_gradient).map(Tensor.init(owning:)) }

  /// Whether operations on this tensor are recorded, so that a gradient can flow back through it.
  public var recordsGradient: Bool { withReference(ctorch_records_gradient) }

  /// Returns the tensor detached from the computation graph.
  public func detached() -> Tensor { Operation.detach(self) }

  /// Returns a new leaf with the same elements, which collects a gradient if `isRecording` is true.
  public func recordingGradient(_ isRecording: Bool = true) -> Tensor {
    let start = detached()
    let status = start.withReference { ctorch_record_gradient($0, isRecording) }
    if status != CTORCH_OK { Operation.stop("recordingGradient") }
    return start
  }

  /// Discards the gradient.
  package func clearGradient() {
    if withReference({ ctorch_set_gradient($0, nil) }) != CTORCH_OK {
      Operation.stop("clearGradient")
    }
  }

  /// Replaces the gradient.
  package func setGradient(_ gradient: Tensor) {
    let status = withReference { tensor in
      gradient.withReference { ctorch_set_gradient(tensor, $0) }
    }
    if status != CTORCH_OK { Operation.stop("setGradient") }
  }

  /// Copies the elements of `other`, of the same shape, into this tensor's memory.
  ///
  /// Only the owners of a tensor may do this: a parameter, or an optimizer's moments.
  package func overwrite(with other: Tensor) {
    let status = withReference { destination in
      other.withReference { ctorch_overwrite(destination, $0) }
    }
    if status != CTORCH_OK { Operation.stop("overwrite") }
  }
}

extension Operation {
  fileprivate static let detach = Operation("aten::detach")
}
