/// The attentions of a decoder to choose from.
public enum AttentionKind: String, CaseIterable, Codable, Sendable {
  /// A small network compares query and key; asked before the recurrent step.
  case bahdanau
  /// The product of query and key; asked after the recurrent step.
  case luongDot
  /// The product of query and mapped key; asked after the recurrent step.
  case luongGeneral
  /// A small network compares query and key; asked after the recurrent step.
  case luongConcat
}
