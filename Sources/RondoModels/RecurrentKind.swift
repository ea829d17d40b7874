/// The recurrent cells to choose from.
public enum RecurrentKind: String, CaseIterable, Codable, Sendable {
  /// Elman's network.
  case rnn
  /// The gated recurrent unit.
  case gru
  /// The long short-term memory.
  case lstm

  /// The number of tensors in the state of a cell.
  var partCount: Int { self == .lstm ? 2 : 1 }
}
