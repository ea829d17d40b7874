import RondoTensor

/// Returns the binary cross-entropy of logits and targets, in nats.
///
/// ```text
/// ℓ = -w y log σ(x) - (1 - y) log(1 - σ(x))     for every logit x and target y
/// ```
///
/// It is computed from the logits in a numerically stable way, so large logits do not overflow.
///
/// - Parameters:
///   - logits: The logits of the positive class, of any shape.
///   - targets: The targets, from 0 to 1, of the same shape.
///   - counted: True for the elements to include, of the same shape, or `nil` to include all.
///   - positiveWeight: w, the weight of the positive class, for unbalanced classes.
/// - Returns: The mean over the included elements, a scalar; 0 when there are none.
public func binaryCrossEntropy(
  _ logits: Tensor, _ targets: Tensor, where counted: Tensor? = nil, positiveWeight: Double = 1
) -> Tensor {
  let shape = logits.shape
  guard targets.shape == shape, counted.map({ $0.shape == shape }) ?? true else {
    fatalError(
      "binaryCrossEntropy: expected targets of the logits' shape \(shape); found \(targets.shape)"
        + (counted.map { " where \($0.shape)" } ?? ""))
  }
  let targets = targets.converted(to: logits.type)
  // -log(1 - σ(x)) is x - log σ(x).
  let surprise = -Operation.logSigmoid(logits)
  let terms = (1 - targets) * logits + surprise * (1 + (positiveWeight - 1) * targets)
  guard let counted else { return terms.mean() }
  let count = counted.converted(to: logits.type).sum().clamped(to: 1...Double.infinity)
  return terms.replacing(with: 0, where: counted.not()).sum() / count
}

extension Operation {
  fileprivate static let logSigmoid = Operation("aten::log_sigmoid")
}
