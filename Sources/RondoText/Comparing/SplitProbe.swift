/// A short text that reveals how a tokenizer handles a difficulty.
public struct SplitProbe: Hashable, Sendable {
  /// The kind of difficulty.
  public let kind: String
  /// The text.
  public let text: String

  /// Creates a probe.
  ///
  /// - Parameters:
  ///   - kind: The kind of difficulty.
  ///   - text: The text.
  public init(_ kind: String, _ text: String) {
    self.kind = kind
    self.text = text
  }

  /// Numbers, code with indentation, trailing spaces, emoji, and words of several languages.
  public static let standard = [
    SplitProbe("numbers", "7 42 1999 2024 123456789"),
    SplitProbe("numbers", "1,000,000.50 and 3.14159"),
    SplitProbe("indentation", "    if x == 10:\n        return x"),
    SplitProbe("indentation", "\tfor (i = 0; i < n; i++)"),
    SplitProbe("spaces at the end", "Hello"),
    SplitProbe("spaces at the end", "Hello "),
    SplitProbe("spaces at the end", "Hello   "),
    SplitProbe("emoji", "🙂 ❤️ 👍🏽 👩‍👩‍👧 🇩🇪"),
    SplitProbe("languages", "The dog plays in the garden."),
    SplitProbe("languages", "Der Hund spielt im Garten."),
    SplitProbe("languages", "Le chien joue dans le jardin."),
    SplitProbe("languages", "Pes si hraje na zahradě."),
    SplitProbe("languages", "狗在花园里玩。"),
    SplitProbe("languages", "الكلب يلعب في الحديقة."),
  ]
}
