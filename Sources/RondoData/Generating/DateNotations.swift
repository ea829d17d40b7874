/// Dates in human notation, and the same dates in ISO 8601.
///
/// ```text
/// Sunday, 20 July 1969  →  1969-07-20
/// ```
///
/// Year digits are aligned one by one, both digits of a month with its name or number, both digits
/// of a day with its number; the hyphens are not aligned. All-numeric dates are written `20.7.1969`
/// with the day first, or `7/20/1969` with the month first.
public struct DateNotations: ExampleGenerator, Hashable {
  /// A date of the Gregorian calendar.
  public struct Day: Hashable, Sendable {
    /// The year.
    public let year: Int
    /// The month, from 1.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// Creates a date.
    public init(year: Int, month: Int, day: Int) {
      (self.year, self.month, self.day) = (year, month, day)
    }
  }

  /// A date in two notations.
  public struct Example: Hashable, Sendable {
    /// The date.
    public let date: Day
    /// The human notation, the ISO notation, and their alignment.
    public let pair: AlignedPair
  }

  /// The range of years.
  public let years: ClosedRange<Int>

  /// Creates a generator.
  ///
  /// - Parameter years: The range of years, within 1600…9999.
  public init(years: ClosedRange<Int> = 1900...2099) {
    guard (1600...9999).contains(years.lowerBound), years.upperBound <= 9999 else {
      fatalError("dates are written for the years 1600 to 9999, got \(years)")
    }
    self.years = years
  }

  /// Draws a date and a notation.
  public func draw(using generator: inout SplitMix64) -> Example {
    let year = generator.number(in: years)
    let month = generator.number(in: 1...12)
    let day = generator.number(in: 1...Self.dayCount(ofMonth: month, year: year))
    let date = Day(year: year, month: month, day: day)
    return Self.example(date, notation: generator.element(of: Notation.allCases))
  }

  /// Returns the date, so that a held-out date is held out in every notation.
  public func identity(of example: Example) -> [Int] {
    [example.date.year, example.date.month, example.date.day]
  }

  /// Returns a date in both notations.
  public static func example(_ date: Day, notation: Notation) -> Example {
    var pair = AlignedPairBuilder()
    var (year, month, day) = (0..<0, 0..<0, 0..<0)
    for field in notation.fields {
      let bytes = pair.read(field.text(for: date))
      switch field {
      case .year: year = bytes
      case .monthName, .shortMonth, .monthNumber: month = bytes
      case .day, .ordinalDay: day = bytes
      case .text, .weekday: break
      }
    }
    for (digit, byte) in zip(String(date.year), year) {
      pair.write(String(digit), from: byte..<byte + 1)
    }
    for (number, bytes) in [(date.month, month), (date.day, day)] {
      pair.write("-", from: nil)
      pair.write(number < 10 ? "0\(number)" : "\(number)", from: bytes)
    }
    return Example(date: date, pair: pair.pair)
  }

  /// Returns the number of days of a month.
  static func dayCount(ofMonth month: Int, year: Int) -> Int {
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}
