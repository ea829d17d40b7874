extension DateNotations {
  /// A notation for dates.
  public enum Notation: String, Hashable, Sendable, Codable, CaseIterable {
    /// `Sunday, 20 July 1969`.
    case weekday
    /// `20 July 1969`.
    case british
    /// `20 Jul 1969`.
    case short
    /// `July 20, 1969`.
    case american
    /// `20.7.1969`.
    case dotted
    /// `7/20/1969`.
    case slashed
    /// `the 20th of July, 1969`.
    case spoken

    /// The fields of the notation, in order.
    var fields: [DateField] {
      switch self {
      case .weekday: [.weekday, .text(", ")] + Notation.british.fields
      case .british: [.day, .text(" "), .monthName, .text(" "), .year]
      case .short: [.day, .text(" "), .shortMonth, .text(" "), .year]
      case .american: [.monthName, .text(" "), .day, .text(", "), .year]
      case .dotted: [.day, .text("."), .monthNumber, .text("."), .year]
      case .slashed: [.monthNumber, .text("/"), .day, .text("/"), .year]
      case .spoken: [.text("the "), .ordinalDay, .text(" of "), .monthName, .text(", "), .year]
      }
    }
  }
}
