/// A token with a function, such as padding, rather than text.
///
/// User text never produces a special token unless the caller allows it.
public struct SpecialToken: Hashable, Sendable, Codable {
  /// The spelling of the token.
  public let text: String

  /// Creates a special token.
  public init(_ text: String) { self.text = text }

  /// Pads the rows of a batch to the same length.
  public static let padding = SpecialToken("<pad>")
  /// Stands for text outside the vocabulary.
  public static let unknown = SpecialToken("<unk>")
  /// Marks the beginning of a sequence.
  public static let start = SpecialToken("<bos>")
  /// Marks the end of a sequence.
  public static let end = SpecialToken("<eos>")
  /// Masks a token that a model has to predict.
  public static let mask = SpecialToken("<mask>")
  /// Represents a whole text for classification.
  public static let classification = SpecialToken("[CLS]")
  /// Separates two texts.
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

  /// Decodes the token from its spelling.
  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  /// Encodes the token as its spelling.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
