/// Why a process gave no result.
package enum TurnError: Error, CustomStringConvertible {
  /// It ended.
  case ended(side: String, entry: String)
  /// It said something else.
  case badAnswer(side: String, String)

  /// One sentence.
  package var description: String {
    switch self {
    case .ended(let side, let entry):
      "\(side) ended while it measured \(entry); its own message stands above"
    case .badAnswer(let side, let answer):
      "\(side) answered '\(answer)', which is no result"
    }
  }
}
