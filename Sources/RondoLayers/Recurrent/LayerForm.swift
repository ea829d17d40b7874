/// The two forms in which the speed-critical layers exist, with the same parameters.
public enum LayerForm: CaseIterable, Sendable {
  /// One operation per layer, as training and decoding use it.
  case fused
  /// The equations, step by step, which the fused form must agree with.
  case stepwise
}
