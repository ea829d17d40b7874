/// A token that stands for something other than text.
///
/// Text that a user types never becomes a special token unless the caller allows it.
public struct SpecialToken: Hashable, Sendable, Codable {
  /// How the token is spelled.
  public let text: String

  /// Creates a special token.
  public init(_ text: String) { self.text = text }

  /// Fills rows of a batch up to the same length.
  public static let padding = SpecialToken("<pad>")
  /// Stands for text outside the vocabulary.
  public static let unknown = SpecialToken("<unk>")
  /// Stands before the first token.
  public static let start = SpecialToken("<bos>")
  /// Stands after the last token.
  public static let end = SpecialToken("<eos>")
  /// Hides a token that a model has to guess.
  public static let mask = SpecialToken("<mask>")
  /// Stands for a whole text whose class a model has to find.
  public static let classification = SpecialToken("[CLS]")
  /// Stands between two texts.
  public static let separator = SpecialToken("[SEP]")

  /// Spellings of the same role in other libraries' files, in order of preference.
  var spellings: [String] {
    switch self {
    case .padding: ["<pad>", "[PAD]", "<|pad|>", "<|padding|>"]
    case .unknown: ["<unk>", "[UNK]"]
    case .start: ["<bos>", "<s>", "[BOS]", "<|startoftext|>", "<|begin_of_text|>"]
    case .end: ["<eos>", "</s>", "[EOS]", "<|endoftext|>", "<|end_of_text|>"]
    case .mask: ["<mask>", "[MASK]"]
    default: [text]
    }
  }

  /// Reads the token from its spelling.
  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes the token as its spelling.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
