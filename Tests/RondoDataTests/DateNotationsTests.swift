import Foundation
import Testing

@testable import RondoData

@Suite struct DateNotationsTests {
  private typealias Day = DateNotations.Day

  @Test("A date is written in every notation, with its weekday")
  func notations() {
    let landing = Day(year: 1969, month: 7, day: 20)
    func text(_ notation: DateNotations.Notation) -> String {
      DateNotations.example(landing, notation: notation).pair.source
    }
    #expect(text(.weekday) == "Sunday, 20 July 1969")
    #expect(text(.british) == "20 July 1969")
    #expect(text(.short) == "20 Jul 1969")
    #expect(text(.american) == "July 20, 1969")
    #expect(text(.dotted) == "20.7.1969")
    #expect(text(.slashed) == "7/20/1969")
    #expect(text(.spoken) == "the 20th of July, 1969")
    #expect(DateNotations.example(landing, notation: .dotted).pair.target == "1969-07-20")
  }

  @Test(
    "Days and their endings are right",
    arguments: [
      (Day(year: 2000, month: 2, day: 29), "Tuesday", "29th"),
      (Day(year: 1900, month: 1, day: 1), "Monday", "1st"),
      (Day(year: 1989, month: 11, day: 9), "Thursday", "9th"),
      (Day(year: 2001, month: 9, day: 11), "Tuesday", "11th"),
      (Day(year: 2024, month: 3, day: 2), "Saturday", "2nd"),
      (Day(year: 2024, month: 12, day: 23), "Monday", "23rd"),
      (Day(year: 2099, month: 12, day: 31), "Thursday", "31st"),
    ])
  private func days(date: Day, weekday: String, ordinal: String) {
    #expect(DateNotations.example(date, notation: .weekday).pair.source.hasPrefix(weekday + ","))
    #expect(DateNotations.example(date, notation: .spoken).pair.source.hasPrefix("the \(ordinal) "))
  }

  @Test("Digits point at what they render, hyphens at nothing")
  func alignment() {
    let date = Day(year: 1998, month: 3, day: 5)
    let pair = DateNotations.example(date, notation: .weekday).pair
    #expect(pair.source == "Thursday, 5 March 1998")
    #expect(pair.target == "1998-03-05")
    let expected: [Range<Int>?] = [
      18..<19, 19..<20, 20..<21, 21..<22, nil, 12..<17, 12..<17, nil, 10..<11, 10..<11,
    ]
    #expect(pair.alignment == expected)
    #expect(
      DateNotations.example(date, notation: .slashed).pair.alignment
        == [4..<5, 5..<6, 6..<7, 7..<8, nil, 0..<1, 0..<1, nil, 2..<3, 2..<3])
  }

  @Test("Only dates of the calendar occur, the last of each month among them")
  func calendar() throws {
    let examples = DateNotations(years: 1999...2000).examples(6000, seed: 1)
    let style = Date.ISO8601FormatStyle().year().month().day()
    for example in examples {
      // The style refuses days that the month does not have.
      let date = try style.parse(example.pair.target)
      #expect(date.formatted(style) == example.pair.target)
    }
    let days = Set(examples.map(\.date))
    #expect(days.contains(Day(year: 2000, month: 12, day: 31)))
    #expect(DateNotations.dayCount(ofMonth: 2, year: 1900) == 28)
    #expect(DateNotations.dayCount(ofMonth: 2, year: 2000) == 29)
    #expect(DateNotations.dayCount(ofMonth: 2, year: 2024) == 29)
    #expect((1...12).map { DateNotations.dayCount(ofMonth: $0, year: 2023) }.reduce(0, +) == 365)
  }

  @Test("A held-out date is never trained on, in any notation")
  func parts() {
    let dates = DateNotations()
    let heldOut = Set(dates.examples(500, .heldOut, seed: 1).map(\.date))
    #expect(heldOut.count == 500)
    #expect(heldOut.isDisjoint(with: dates.examples(5000, seed: 1).map(\.date)))
  }
}
