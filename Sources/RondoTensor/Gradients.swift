import CTorch

/// Runs `body` without recording the history of its tensors.
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
  /// Gradients add to those that are there, until ``clearGradient()``.
  public func backward() {
    guard count == 1 else { fatalError("backward: expected a scalar and found shape \(shape)") }
    if withReference({ ctorch_backward($0, nil) }) != CTORCH_OK { Operation.stop("backward") }
  }

  /// Computes gradients from the gradient of this tensor, which has its shape.
  public func backward(from gradient: Tensor) {
    let status = withReference { tensor in
      gradient.withReference { ctorch_backward(tensor, $0) }
    }
    if status != CTORCH_OK { Operation.stop("backward") }
  }

  /// The gradient left by backward passes, or `nil` when there is none.
  public var gradient: Tensor? { withReference(ctorch_gradient).map(Tensor.init(owning:)) }

  /// Whether backward passes leave a gradient here.
  public var recordsGradient: Bool { withReference(ctorch_records_gradient) }

  /// Returns the tensor without its history.
  public func detached() -> Tensor { Operation.detach(self) }

  /// Returns a tensor with the same elements that is the start of a history.
  public func recordingGradient(_ isRecording: Bool = true) -> Tensor {
    let start = detached()
    let status = start.withReference { ctorch_record_gradient($0, isRecording) }
    if status != CTORCH_OK { Operation.stop("recordingGradient") }
    return start
  }

  /// Forgets the gradient.
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
  /// Only places that hold a tensor may do this: a parameter, or an optimizer's moments.
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
