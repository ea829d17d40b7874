import RondoTensor

/// Returns how surprised a model is by the right answers to questions of yes or no, in nats per
/// answer.
///
/// ```text
/// ℓ = -w y log σ(x) - (1 - y) log(1 - σ(x))     for every logit x and target y
/// ```
///
/// It is computed from the logits, so that neither a certain yes nor a certain no overflows.
///
/// - Parameters:
///   - logits: The scores of yes, of any shape.
///   - targets: The right answers, 1 for yes and 0 for no or a share between, of the same shape.
///   - counted: True where an answer counts, of the same shape, or `nil` when all count.
///   - positiveWeight: w, how much more a yes counts than a no, where one of them is rare.
/// - Returns: The mean over the answers that count, a scalar; 0 when none does.
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
