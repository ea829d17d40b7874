/// Spells a number in two languages at once, so that the alignment is known.
struct NumberSpeller {
  private(set) var pair = AlignedPairBuilder()

  /// Spells a number from 0 to 999 999.
  mutating func spell(_ number: Int) {
    if number == 0 {
      pair.write("null", from: pair.read("zero"))
    }
    if number >= 1000 {
      spellBelowThousand(number / 1000, isLast: false)
      pair.read(" ")
      pair.write("tausend", from: pair.read("thousand"))
    }
    if number >= 1000 && number % 1000 > 0 { pair.read(" ") }
    spellBelowThousand(number % 1000, isLast: true)
  }

  private mutating func spellBelowThousand(_ number: Int, isLast: Bool) {
    if number >= 100 {
      spellSmall(number / 100, isLast: false)
      pair.read(" ")
      pair.write("hundert", from: pair.read("hundred"))
    }
    if number > 100 && number % 100 > 0 { pair.read(" ") }
    spellBelowHundred(number % 100, isLast: isLast)
  }

  private mutating func spellBelowHundred(_ number: Int, isLast: Bool) {
    let (tens, units) = (number / 10, number % 10)
    if number < 20 { return spellSmall(number, isLast: isLast) }
    let bytes = pair.read(Self.englishTens[tens])
    if units > 0 {
      pair.read("-")
      spellSmall(units, isLast: false)
      pair.write("und", from: nil)
    }
    pair.write(Self.germanTens[tens], from: bytes)
  }

  private mutating func spellSmall(_ number: Int, isLast: Bool) {
    if number == 0 { return }
    let german = number == 1 && isLast ? "eins" : Self.germanSmall[number]
    pair.write(german, from: pair.read(Self.englishSmall[number]))
  }

  private static let englishSmall = [
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
  ]
  private static let englishTens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]
  private static let germanSmall = [
    "", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf",
    "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
  ]
  private static let germanTens = [
    "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
  ]
}
