import Testing

@testable import RondoText

@Suite("Components that do not go together")
struct ComponentOrderTests {
  private static let byteLevel =
    #"{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}"#

  private static func tokenizer(_ parts: String) throws(RondoTextError) -> Tokenizer {
    let model =
      #""model":{"type":"BPE","vocab":{"a":0,"b":1,"</s>":2,"ab":3},"merges":[["a","b"]]}"#
    return try Tokenizer(json: Array("{\(parts),\(model)}".utf8), file: "order.json")
  }

  private static func refusal(_ parts: String) -> String? {
    do throws(RondoTextError) {
      _ = try tokenizer(parts)
      return nil
    } catch {
      guard case .unsupported(_, let component) = error else { return "\(error)" }
      return component
    }
  }

  private static func sequence(_ kind: String, _ parts: String...) -> String {
    let members = ["pre_tokenizer": "pretokenizers", "decoder": "decoders"]
    return #""\#(kind)":{"type":"Sequence","\#(members[kind] ?? "processors")":["#
      + parts.joined(separator: ",") + "]}"
  }

  private static let digits = #"{"type":"Digits","individual_digits":true}"#

  @Test("Nothing cuts the spelling of bytes: only what comes before the byte level is read")
  func afterByteLevel() {
    let decoder = #""decoder":\#(Self.byteLevel)"#
    let after = Self.sequence("pre_tokenizer", Self.byteLevel, Self.digits)
    #expect(Self.refusal("\(after),\(decoder)") == "the pre-tokenizer Digits after ByteLevel")
    let nested = #"{"type":"Sequence","pretokenizers":[\#(Self.byteLevel)]}"#
    let outside = Self.sequence("pre_tokenizer", nested, Self.digits)
    #expect(Self.refusal("\(outside),\(decoder)") == "the pre-tokenizer Digits after ByteLevel")
    let before = Self.sequence("pre_tokenizer", Self.digits, Self.byteLevel)
    #expect(Self.refusal("\(before),\(decoder)") == nil)
  }

  @Test("The byte level is on both sides or on none")
  func oneSide() {
    #expect(
      Self.refusal(#""pre_tokenizer":\#(Self.byteLevel)"#)
        == "the pre-tokenizer ByteLevel without the decoder ByteLevel")
    #expect(
      Self.refusal(#""decoder":\#(Self.byteLevel)"#)
        == "the decoder ByteLevel without the pre-tokenizer ByteLevel")
    #expect(
      Self.refusal(#""pre_tokenizer":\#(Self.byteLevel),"decoder":\#(Self.byteLevel)"#) == nil)
  }

  @Test("Once tokens are joined, decoders that look at single tokens are refused")
  func afterJoining() {
    let fuse = #"{"type":"Fuse"}"#
    let replace = #"{"type":"Replace","pattern":{"String":"a"},"content":"b"}"#
    let strip = #"{"type":"Strip","content":"a","start":1,"stop":0}"#
    #expect(
      Self.refusal(Self.sequence("decoder", fuse, replace)) == "the decoder Replace after Fuse")
    #expect(
      Self.refusal(Self.sequence("decoder", fuse, strip, replace))
        == "the decoder Replace after Fuse")
    #expect(Self.refusal(Self.sequence("decoder", replace, fuse, strip)) == nil)
    let preTokenizer = #""pre_tokenizer":\#(Self.byteLevel)"#
    #expect(
      Self.refusal("\(preTokenizer),\(Self.sequence("decoder", Self.byteLevel, replace))")
        == "the decoder Replace after ByteLevel")
    #expect(
      Self.refusal("\(preTokenizer),\(Self.sequence("decoder", replace, Self.byteLevel))")
        == "the decoder ByteLevel after another")
    #expect(
      Self.refusal("\(preTokenizer),\(Self.sequence("decoder", Self.byteLevel, strip))") == nil)
  }

  private static let text = #"{"Sequence":{"id":"A","type_id":0}}"#
  private static let other = #"{"Sequence":{"id":"B","type_id":0}}"#
  private static let end = #"{"SpecialToken":{"id":"</s>","type_id":0}}"#

  private static func template(single: String, pair: String) -> String {
    #"{"type":"TemplateProcessing","single":[\#(single)],"pair":[\#(pair)],"#
      + #""special_tokens":{"</s>":{"id":"</s>","ids":[2],"tokens":["</s>"]}}}"#
  }

  // Hugging Face tokenizers 0.23.3 returns the identifiers and types.
  @Test("A frame inside a sequence counts, also where it adds tokens to pairs only, or only types")
  func frames() throws {
    for (pair, ids) in [
      ("\(Self.text),\(Self.end),\(Self.other)", [0, 2, 1]),
      ("\(Self.text),\(Self.other)", [0, 1]),
    ] {
      let frame = Self.template(single: Self.text, pair: pair)
      for order in [[frame, Self.byteLevel], [Self.byteLevel, frame]] {
        let found = try Self.tokenizer(Self.sequence("post_processor", order[0], order[1]))
          .encoding(of: "a", and: "b")
        #expect(found.ids == ids)
        #expect(found.typeIDs == ids.map { _ in 0 })
      }
      #expect(
        Self.refusal(Self.sequence("post_processor", frame, frame))
          == "two post-processors that frame texts")
    }
  }

  @Test("A template holds each text once, and a bounded number of tokens")
  func templates() {
    let twice = Self.template(single: "\(Self.text),\(Self.text)", pair: Self.text)
    #expect(Self.refusal(#""post_processor":\#(twice)"#) == "a template that repeats a text")
    let ends = [String](repeating: Self.end, count: 65_537)
    func framed(_ count: Int) -> String {
      let frame = Self.template(single: Self.text, pair: ends.prefix(count).joined(separator: ","))
      return #""post_processor":\#(frame)"#
    }
    #expect(Self.refusal(framed(65_537)) == "a template that adds more than 65536 tokens")
    #expect(Self.refusal(framed(65_536)) == nil)
  }

  // As Hugging Face tokenizers 0.23.3 does; it numbers anew what is not in the model.
  @Test("An added token that the model has keeps the model's identifier")
  func addedTokens() throws {
    let tokenizer = try Self.tokenizer(
      #""added_tokens":[{"id":7,"content":"b","special":true},{"id":9,"content":"<z>"}]"#)
    #expect(tokenizer.id(forToken: "b") == 1)
    #expect(tokenizer.encode("<z>b", allowing: .all) == [9, 1])
    #expect(tokenizer.encode("b") != [1])
    #expect(tokenizer.token(for: 7) == nil)
    let stolen = Self.refusal(#""added_tokens":[{"id":0,"content":"<z>"}]"#)
    #expect(stolen?.contains("0 is the identifier of another token") == true)
  }
}
