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
