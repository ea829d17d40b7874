/// Training diverged: the loss, the gradients or the parameters are no longer finite.
public struct DivergenceError: Error, Equatable, CustomStringConvertible {
  /// What is no longer finite, and its value.
  public enum Quantity: Equatable, Sendable {
    /// The loss of the batch.
    case loss(Double)
    /// The global gradient norm; the loss may be finite.
    case gradientNorm(Double)
    /// The parameter at this path, which overflowed in the step itself.
    case parameter(String)
  }

  /// The step, counted from 0, that was not taken or that overflowed a parameter.
  public let step: Int
  /// What was not finite at that step.
  public let quantity: Quantity

  /// One sentence: what happened, where, and what to do.
  public var description: String {
    let finding =
      switch quantity {
      case .loss(let value): "the loss at step \(step) is \(value)"
      case .gradientNorm(let value): "the norm of the gradients at step \(step) is \(value)"
      case .parameter(let path): "step \(step) left '\(path)' without a finite value"
      }
    return "training diverged: \(finding); what was saved before is kept, try a lower learning "
      + "rate or stronger clipping"
  }
}
