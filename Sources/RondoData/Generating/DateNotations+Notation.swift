extension DateNotations {
  /// A way in which people write dates.
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

    /// What is written, in order.
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

/// A part of a written date.
enum DateField {
  case text(String)
  case weekday
  case day
  case ordinalDay
  case monthName
  case shortMonth
  case monthNumber
  case year

  /// Returns how the field is written.
  func text(for date: DateNotations.Day) -> String {
    switch self {
    case .text(let text): text
    case .weekday: Self.weekdays[Self.weekday(of: date)]
    case .day: String(date.day)
    case .ordinalDay: String(date.day) + Self.ordinalEnding(date.day)
    case .monthName: Self.months[date.month - 1]
    case .shortMonth: String(Self.months[date.month - 1].prefix(3))
    case .monthNumber: String(date.month)
    case .year: String(date.year)
    }
  }

  private static func ordinalEnding(_ number: Int) -> String {
    if (11...13).contains(number) { return "th" }
    return switch number % 10 {
    case 1: "st"
    case 2: "nd"
    case 3: "rd"
    default: "th"
    }
  }

  /// Returns the day of the week, 0 for Sunday, by Sakamoto's rule.
  private static func weekday(of date: DateNotations.Day) -> Int {
    let shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][date.month - 1]
    let year = date.month < 3 ? date.year - 1 : date.year
    return (year + year / 4 - year / 100 + year / 400 + shift + date.day) % 7
  }

  private static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}
