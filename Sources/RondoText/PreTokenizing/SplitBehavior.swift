/// How the matched text at a split is treated.
///
/// The examples split "the-final--countdown" at "-".
public enum SplitBehavior: String, Hashable, Sendable {
  /// It is removed: "the", "final", "countdown".
  case removed = "Removed"
  /// Each match is a piece: "the", "-", "final", "-", "-", "countdown".
  case isolated = "Isolated"
  /// It is appended to the previous piece: "the-", "final-", "-", "countdown".
  case mergedWithPrevious = "MergedWithPrevious"
  /// It is prepended to the next piece: "the", "-final", "-", "-countdown".
  case mergedWithNext = "MergedWithNext"
  /// Adjacent matches are one piece: "the", "-", "final", "--", "countdown".
  case contiguous = "Contiguous"
}

extension SplitBehavior {
  /// Splits a piece at matches.
  func pieces(
    of piece: Piece, splitAt matches: [Range<Int>], isInverted: Bool
  ) -> [Piece] {
    var parts: [(piece: Piece, isMatch: Bool)] = []
    var position = Int(piece.start)
    for match in matches {
      if position < match.lowerBound {
        parts.append((Piece(position, match.lowerBound), isInverted))
      }
      parts.append((Piece(match.lowerBound, match.upperBound), !isInverted))
      position = match.upperBound
    }
    if position < Int(piece.end) { parts.append((Piece(position, Int(piece.end)), isInverted)) }
    return joined(parts)
  }

  private func joined(_ parts: [(piece: Piece, isMatch: Bool)]) -> [Piece] {
    var result: [Piece] = []
    var isOpen = false
    for (index, part) in parts.enumerated() {
      let joins: Bool
      switch self {
      case .removed:
        if !part.isMatch { result.append(part.piece) }
        continue
      case .isolated: joins = false
      case .mergedWithPrevious: joins = part.isMatch && isOpen
      case .mergedWithNext: joins = !part.isMatch && isOpen
      case .contiguous: joins = index > 0 && part.isMatch == parts[index - 1].isMatch
      }
      if joins, let last = result.indices.last {
        result[last].end = part.piece.end
      } else {
        result.append(part.piece)
      }
      // A match absorbs one neighbour only.
      isOpen = self == .mergedWithPrevious ? !part.isMatch : part.isMatch
    }
    return result
  }
}
