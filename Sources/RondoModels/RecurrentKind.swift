/// The kinds of recurrent cell.
public enum RecurrentKind: String, CaseIterable, Codable, Sendable {
  /// An Elman network.
  case rnn
  /// A gated recurrent unit.
  case gru
  /// A long short-term memory.
  case lstm

  /// The number of tensors in the state of a cell.
  var partCount: Int { self == .lstm ? 2 : 1 }
}
