/// Numbers in English words and in German words.
///
/// ```text
/// three hundred twenty-one  →  dreihunderteinundzwanzig
/// ```
///
/// German writes a number as one word and says the units before the tens, so the alignment
/// crosses: `ein` renders `one`, `zwanzig` renders `twenty`. The `und` between them is aligned with
/// nothing. Spaces and the hyphen belong to no English word.
///
/// German uses the long forms: `einhundert` and `eintausend`, never `hundert` and `tausend` alone;
/// `eins` at the very end of a number and `ein` before anything else.
///
/// Numbers below 100 are never held out, since some words occur in few of them and `zero` in one.
public struct NumberWords: ExampleGenerator, Hashable {
  /// The largest number that can be spelled.
  public static let limit = 999_999

  /// A number and its two spellings.
  public struct Example: Hashable, Sendable {
    /// The number.
    public let number: Int
    /// English, German, and their alignment.
    public let pair: AlignedPair
  }

  /// The largest number to generate.
  public let maximum: Int

  /// Creates a generator.
  ///
  /// - Parameter maximum: The largest number to generate, at most ``limit``.
  public init(maximum: Int = limit) {
    guard (0...Self.limit).contains(maximum) else {
      fatalError("number words reach from 0 to \(Self.limit), got \(maximum)")
    }
    self.maximum = maximum
  }

  /// Draws a number: half of the time uniformly, otherwise its number of digits first, so that
  /// short numbers occur too.
  public func draw(using generator: inout SplitMix64) -> Example {
    guard generator.number(below: 2) == 0 else {
      return Self.example(generator.number(in: 0...maximum))
    }
    let digitCount = 1 + generator.number(below: String(maximum).count)
    let end = (0..<digitCount).reduce(1) { power, _ in power * 10 }
    let start = digitCount == 1 ? 0 : end / 10
    return Self.example(generator.number(in: start...min(end - 1, maximum)))
  }

  /// Returns the number.
  public func identity(of example: Example) -> [Int] { [example.number] }

  /// Returns whether the number is below 100.
  public func isBasic(_ example: Example) -> Bool { example.number < 100 }

  /// Returns a number with its spellings.
  ///
  /// - Parameter number: A number from 0 to ``limit``.
  /// - Returns: The number in English and in German, and their alignment.
  public static func example(_ number: Int) -> Example {
    guard (0...limit).contains(number) else {
      fatalError("number words reach from 0 to \(limit), got \(number)")
    }
    var speller = NumberSpeller()
    speller.spell(number)
    return Example(number: number, pair: speller.pair.pair)
  }
}
