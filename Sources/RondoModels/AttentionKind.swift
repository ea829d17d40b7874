/// The kinds of attention that a decoder can have.
public enum AttentionKind: String, CaseIterable, Codable, Sendable {
  /// Additive attention: a small network scores query and key, before the recurrent step.
  case bahdanau
  /// The dot product of query and key, after the recurrent step.
  case luongDot
  /// The product of query and mapped key, qᵀ W k, after the recurrent step.
  case luongGeneral
  /// A small network scores query and key, after the recurrent step.
  case luongConcat
}
