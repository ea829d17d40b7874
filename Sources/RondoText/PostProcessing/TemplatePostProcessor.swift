/// Adds special tokens by templates, such as `[CLS] A [SEP] B [SEP]`.
public struct TemplatePostProcessor: PostProcessor {
  /// An element of a template.
  public enum Element: Hashable, Sendable {
    /// The first text.
    case first(typeID: Int)
    /// The second text.
    case second(typeID: Int)
    /// A special token, by its name in ``TemplatePostProcessor/tokens``.
    case special(String, typeID: Int)
  }

  /// A special token of a template, which may consist of several tokens.
  public struct Special: Hashable, Sendable {
    /// The identifiers.
    public var ids: [Int]
    /// The spellings.
    public var pieces: [String]

    /// Creates a special token of a template.
    ///
    /// - Parameters:
    ///   - ids: The identifiers.
    ///   - pieces: The spellings.
    public init(ids: [Int], pieces: [String]) {
      self.ids = ids
      self.pieces = pieces
    }
  }

  /// The template of a single text.
  public let single: [Element]
  /// The template of a pair.
  public let pair: [Element]
  /// The special tokens by name.
  public let tokens: [String: Special]

  /// Creates a post-processor.
  ///
  /// - Parameters:
  ///   - single: The template of a single text.
  ///   - pair: The template of a pair.
  ///   - tokens: The special tokens of the templates by name.
  public init(single: [Element], pair: [Element], tokens: [String: Special]) {
    self.single = single
    self.pair = pair
    self.tokens = tokens
  }

  /// Returns the number of special tokens that are added.
  public func addedTokenCount(isPair: Bool) -> Int {
    (isPair ? pair : single).reduce(0) { count, element in
      guard case .special(let name, _) = element else { return count }
      return count + (tokens[name]?.ids.count ?? 0)
    }
  }

  /// Combines the texts.
  public func frame(_ first: Encoding, _ second: Encoding?, addsSpecialTokens: Bool) -> Encoding {
    var result: Encoding?
    func add(_ part: Encoding) {
      if result == nil { result = part } else { result?.append(part) }
    }
    for element in second == nil ? single : pair {
      switch element {
      case .first(let typeID):
        var text = first
        text.setTypeID(typeID)
        add(text)
      case .second(let typeID):
        guard var text = second else { continue }
        text.setTypeID(typeID)
        add(text)
      case .special(let name, let typeID):
        guard addsSpecialTokens, let special = tokens[name] else { continue }
        var part = Encoding()
        for (id, piece) in zip(special.ids, special.pieces) {
          part.appendSpecial(id: id, piece: piece, typeID: typeID)
        }
        add(part)
      }
    }
    return result ?? Encoding()
  }
}
