/// The two implementations of a speed-critical layer, which share their parameters.
public enum LayerForm: CaseIterable, Sendable {
  /// One fused operation per layer, for training and decoding.
  case fused
  /// The equations, step by step, which the fused implementation must reproduce.
  case stepwise
}
