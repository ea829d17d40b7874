import RondoData
import Testing

@Suite struct NumberWordsTests {
  @Test("Numbers are spelled as English and German spell them", arguments: spellings)
  func spelling(number: Int, english: String, german: String) {
    let pair = NumberWords.example(number).pair
    #expect(pair.source == english)
    #expect(pair.target == german)
  }

  static let spellings: [(Int, String, String)] = [
    (0, "zero", "null"),
    (1, "one", "eins"),
    (2, "two", "zwei"),
    (3, "three", "drei"),
    (4, "four", "vier"),
    (5, "five", "fünf"),
    (6, "six", "sechs"),
    (7, "seven", "sieben"),
    (8, "eight", "acht"),
    (9, "nine", "neun"),
    (10, "ten", "zehn"),
    (11, "eleven", "elf"),
    (12, "twelve", "zwölf"),
    (13, "thirteen", "dreizehn"),
    (14, "fourteen", "vierzehn"),
    (15, "fifteen", "fünfzehn"),
    (16, "sixteen", "sechzehn"),
    (17, "seventeen", "siebzehn"),
    (18, "eighteen", "achtzehn"),
    (19, "nineteen", "neunzehn"),
    (20, "twenty", "zwanzig"),
    (21, "twenty-one", "einundzwanzig"),
    (22, "twenty-two", "zweiundzwanzig"),
    (30, "thirty", "dreißig"),
    (33, "thirty-three", "dreiunddreißig"),
    (40, "forty", "vierzig"),
    (45, "forty-five", "fünfundvierzig"),
    (50, "fifty", "fünfzig"),
    (56, "fifty-six", "sechsundfünfzig"),
    (60, "sixty", "sechzig"),
    (66, "sixty-six", "sechsundsechzig"),
    (70, "seventy", "siebzig"),
    (77, "seventy-seven", "siebenundsiebzig"),
    (80, "eighty", "achtzig"),
    (88, "eighty-eight", "achtundachtzig"),
    (90, "ninety", "neunzig"),
    (99, "ninety-nine", "neunundneunzig"),
    (100, "one hundred", "einhundert"),
    (101, "one hundred one", "einhunderteins"),
    (110, "one hundred ten", "einhundertzehn"),
    (111, "one hundred eleven", "einhundertelf"),
    (116, "one hundred sixteen", "einhundertsechzehn"),
    (121, "one hundred twenty-one", "einhunderteinundzwanzig"),
    (200, "two hundred", "zweihundert"),
    (201, "two hundred one", "zweihunderteins"),
    (300, "three hundred", "dreihundert"),
    (321, "three hundred twenty-one", "dreihunderteinundzwanzig"),
    (617, "six hundred seventeen", "sechshundertsiebzehn"),
    (700, "seven hundred", "siebenhundert"),
    (999, "nine hundred ninety-nine", "neunhundertneunundneunzig"),
    (1000, "one thousand", "eintausend"),
    (1001, "one thousand one", "eintausendeins"),
    (1011, "one thousand eleven", "eintausendelf"),
    (1100, "one thousand one hundred", "eintausendeinhundert"),
    (1101, "one thousand one hundred one", "eintausendeinhunderteins"),
    (2016, "two thousand sixteen", "zweitausendsechzehn"),
    (7030, "seven thousand thirty", "siebentausenddreißig"),
    (10_000, "ten thousand", "zehntausend"),
    (12_012, "twelve thousand twelve", "zwölftausendzwölf"),
    (21_000, "twenty-one thousand", "einundzwanzigtausend"),
    (21_021, "twenty-one thousand twenty-one", "einundzwanzigtausendeinundzwanzig"),
    (100_000, "one hundred thousand", "einhunderttausend"),
    (100_001, "one hundred thousand one", "einhunderttausendeins"),
    (101_000, "one hundred one thousand", "einhunderteintausend"),
    (101_101, "one hundred one thousand one hundred one", "einhunderteintausendeinhunderteins"),
    (
      217_536, "two hundred seventeen thousand five hundred thirty-six",
      "zweihundertsiebzehntausendfünfhundertsechsunddreißig"
    ),
    (
      999_999, "nine hundred ninety-nine thousand nine hundred ninety-nine",
      "neunhundertneunundneunzigtausendneunhundertneunundneunzig"
    ),
  ]

  @Test("Both spellings read back as the number")
  func readingBack() {
    let numbers = Array(0...1300) + Array(stride(from: 1301, through: 999_999, by: 397))
    for number in numbers {
      let pair = NumberWords.example(number).pair
      #expect(english(pair.source) == number)
      #expect(german(pair.target) == number)
    }
  }

  @Test("What a German part is aligned with says the same in English")
  func alignment() {
    var generator = SplitMix64(seed: 1)
    for _ in 0..<2000 {
      let pair = NumberWords().draw(using: &generator).pair
      let bytes = Array(pair.source.utf8)
      var parts: [(german: String, bytes: Range<Int>?)] = []
      for (character, range) in zip(pair.target, pair.alignment) {
        if let last = parts.last, last.bytes == range {
          parts[parts.count - 1].german.append(character)
        } else {
          parts.append((String(character), range))
        }
      }
      for part in parts {
        let english = part.bytes.map { String(decoding: bytes[$0], as: UTF8.self) }
        let isRight = english.map { Self.dictionary[part.german] == $0 } ?? (part.german == "und")
        #expect(isRight, "\(part) in \(pair)")
      }
      // Every English word is rendered, each once.
      let rendered = parts.compactMap { $0.bytes }.sorted { $0.lowerBound < $1.lowerBound }
      let words = pair.source.split { $0 == " " || $0 == "-" }.map(String.init)
      #expect(rendered.map { String(decoding: bytes[$0], as: UTF8.self) } == words)
    }
  }

  @Test("The units cross the tens on the way to German")
  func crossing() {
    let pair = NumberWords.example(321).pair
    // three: 0..<5, hundred: 6..<13, twenty: 14..<20, one: 21..<24
    let expected: [Range<Int>?] =
      Array(repeating: 0..<5, count: 4) + Array(repeating: 6..<13, count: 7)
      + Array(repeating: 21..<24, count: 3) + [nil, nil, nil]
      + Array(repeating: 14..<20, count: 7)
    #expect(pair.alignment == expected)

    let tokens = [0..<5, 6..<13, 14..<20, 20..<21, 21..<24]
    let expectedTokens: [Range<Int>?] =
      Array(repeating: 0..<1, count: 4) + Array(repeating: 1..<2, count: 7)
      + Array(repeating: 4..<5, count: 3) + [nil, nil, nil]
      + Array(repeating: 2..<3, count: 7)
    #expect(pair.alignment(toTokensAt: tokens) == expectedTokens)
    // A token that covers a whole hyphenated word, and bytes that no token covers.
    let wide = pair.alignment(toTokensAt: [6..<13, 14..<24])
    #expect(wide[0] == nil)
    #expect(wide[11] == 1..<2)
    #expect(wide[20] == 1..<2)
  }

  @Test("Held-out numbers are many, all different, and never trained on, whatever the seeds")
  func parts() {
    let words = NumberWords()
    let heldOut = words.examples(1000, .heldOut, seed: 1)
    #expect(Set(heldOut.map(\.number)).count == 1000)
    #expect(heldOut.allSatisfy { $0.number >= 100 })
    for seed in UInt64(1)...3 {
      let training = Set(words.examples(3000, seed: seed).map(\.number))
      #expect(training.isDisjoint(with: heldOut.map(\.number)))
    }
  }

  @Test("The same seed draws the same numbers, another seed others, of every length")
  func seeds() {
    let words = NumberWords()
    let numbers = words.examples(500, seed: 4).map(\.number)
    #expect(numbers == words.examples(500, seed: 4).map(\.number))
    #expect(numbers != words.examples(500, seed: 5).map(\.number))
    #expect(Set(numbers.map { String($0).count }) == [1, 2, 3, 4, 5, 6])
    #expect(NumberWords(maximum: 120).examples(500, seed: 4).allSatisfy { $0.number <= 120 })
  }

  static let dictionary = [
    "null": "zero", "ein": "one", "eins": "one", "zwei": "two", "drei": "three", "vier": "four",
    "fünf": "five", "sechs": "six", "sieben": "seven", "acht": "eight", "neun": "nine",
    "zehn": "ten", "elf": "eleven", "zwölf": "twelve", "dreizehn": "thirteen",
    "vierzehn": "fourteen", "fünfzehn": "fifteen", "sechzehn": "sixteen", "siebzehn": "seventeen",
    "achtzehn": "eighteen", "neunzehn": "nineteen", "zwanzig": "twenty", "dreißig": "thirty",
    "vierzig": "forty", "fünfzig": "fifty", "sechzig": "sixty", "siebzig": "seventy",
    "achtzig": "eighty", "neunzig": "ninety", "hundert": "hundred", "tausend": "thousand",
  ]

  @Test("A pair the other way round points back") func reversed() {
    // ein|und|zwanzig renders one and twenty: the English words point at their German parts.
    let pair = NumberWords.example(21).pair.reversed
    #expect(pair.source == "einundzwanzig" && pair.target == "twenty-one")
    let expected =
      [Range<Int>?](repeating: 6..<13, count: 6) + [nil]
      + [Range<Int>?](repeating: 0..<3, count: 3)
    #expect(pair.alignment == expected)
  }
}

private let germanUnits = [
  "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
  "neun": 9,
]
private let germanTeens = [
  "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15,
  "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
]
private let germanTens = [
  "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70,
  "achtzig": 80, "neunzig": 90,
]

/// Reads a German number word; `eins` is right only at the very end, `ein` only elsewhere.
private func german(_ word: String) -> Int? {
  if word == "null" { return 0 }
  let thousands = word.split(separator: "tausend", omittingEmptySubsequences: false)
  if thousands.count == 1 { return germanBelowThousand(word[...], isEnd: true) }
  guard thousands.count == 2, let high = germanBelowThousand(thousands[0], isEnd: false) else {
    return nil
  }
  if thousands[1].isEmpty { return high * 1000 }
  return germanBelowThousand(thousands[1], isEnd: true).map { high * 1000 + $0 }
}

private func germanBelowThousand(_ word: Substring, isEnd: Bool) -> Int? {
  let hundreds = word.split(separator: "hundert", omittingEmptySubsequences: false)
  if hundreds.count == 1 { return germanBelowHundred(String(word), isEnd: isEnd) }
  guard hundreds.count == 2, let high = germanUnits[String(hundreds[0])] else { return nil }
  if hundreds[1].isEmpty { return high * 100 }
  return germanBelowHundred(String(hundreds[1]), isEnd: isEnd).map { high * 100 + $0 }
}

private func germanBelowHundred(_ word: String, isEnd: Bool) -> Int? {
  if word == "eins" { return isEnd ? 1 : nil }
  if word == "ein" { return isEnd ? nil : 1 }
  if let number = germanUnits[word] ?? germanTeens[word] ?? germanTens[word] { return number }
  let parts = word.split(separator: "und").map(String.init)
  guard parts.count == 2, let units = germanUnits[parts[0]], let tens = germanTens[parts[1]] else {
    return nil
  }
  return tens + units
}

/// Reads English number words.
private func english(_ text: String) -> Int? {
  let values = [
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
  ]
  var (total, group) = (0, 0)
  for word in text.split(whereSeparator: { $0 == " " || $0 == "-" }) {
    switch word {
    case "thousand": (total, group) = (group * 1000, 0)
    case "hundred": group *= 100
    default:
      guard let value = values[String(word)] else { return nil }
      group += value
    }
  }
  return total + group
}
