/// A summary of a tokenizer's components.
public struct TokenizerSummary: Hashable, Sendable {
  /// The model, such as `byte-pair merges of bytes (50 000)`.
  public let model: String
  /// The normalizer, if there is one.
  public let normalizer: String?
  /// The pre-tokenizer, if there is one.
  public let preTokenizer: String?
  /// The special tokens around a text, `A`, and around a pair, `A` and `B`.
  public let framing: [String]
  /// The decoder, unless tokens are joined by spaces.
  public let decoder: String?
}

extension Tokenizer {
  /// The components of the tokenizer, in the terms of `tokenizer.json`.
  public var summary: TokenizerSummary {
    TokenizerSummary(
      model: words(for: model), normalizer: normalizer.map(words),
      preTokenizer: preTokenizer.map(words), framing: framing, decoder: decoder.map(words))
  }

  private func words(for model: any TokenModel) -> String {
    switch model {
    case let model as BytePairModel:
      "byte pairs of \(model.isByteLevel ? "bytes" : "characters"), "
        + (model.isRanked ? "by rank" : "\(model.merges.count) merges")
    case let model as WordPieceModel: "word pieces, \(model.continuingPrefix) goes on with a word"
    case let model as UnigramModel:
      "unigram pieces" + (model.hasByteFallback ? ", bytes for unknown characters" : "")
    case is SentencePieceBytePairModel: "byte pairs of SentencePiece"
    case is WordLevelModel: "whole pieces"
    default: "\(type(of: model))"
    }
  }

  /// The special tokens around texts, shown around letters.
  private var framing: [String] {
    guard let postProcessor else { return [] }
    func text(_ piece: String) -> Encoding {
      var encoding = Encoding()
      encoding.appendSpecial(id: 0, piece: piece, typeID: 0)
      return encoding
    }
    return [nil, text("B")].map { second in
      postProcessor.frame(text("A"), second, addsSpecialTokens: true).pieces
        .joined(separator: " ")
    }
  }

  /// A component as its type and settings.
  private func words(for part: any Sendable) -> String {
    guard let component = part as? any JSONComponent else { return "\(type(of: part))" }
    if !component.parts.isEmpty {
      return component.parts.map(words).joined(separator: " → ")
    }
    var writer = JSONWriter()
    writer.object { component.write(to: &$0) }
    guard let value = try? JSONDocument(writer.bytes, file: "component").root else { return "" }
    return (try? value.words()) ?? ""
  }
}

extension JSONValue {
  /// The value on one line: an object as its type and its other members.
  fileprivate func words() throws(RondoTextError) -> String {
    if isNull { return "none" }
    if isString { return "\"\(try string())\"" }
    if isArray {
      return try elements().map { value throws(RondoTextError) in try value.words() }.joined(
        separator: ", ")
    }
    guard isObject else {
      if let truth = try? boolean() { return "\(truth)" }
      if let whole = try? integer() { return "\(whole)" }
      return "\(try number())"
    }
    var (name, members) = ("", [String]())
    try forEachMember { (key, cursor) throws(RondoTextError) in
      let (key, value) = (String(decoding: key, as: UTF8.self), cursor.value(path: path))
      if key == "type" {
        name = try value.string()
      } else {
        members.append("\(key): \(try value.words())")
      }
    }
    return members.isEmpty ? name : "\(name)(\(members.joined(separator: ", ")))"
  }
}
