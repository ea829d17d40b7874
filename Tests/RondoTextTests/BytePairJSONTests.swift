import Testing

@testable import RondoText

/// Identifiers are those of Hugging Face tokenizers 0.23.3.
@Suite("Byte pairs in tokenizer.json")
struct BytePairJSONTests {
  private static let byteLevel =
    #"{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":false,"use_regex":false}"#

  private static func text(_ model: String, isByteLevel: Bool = true, added: String = "") -> String
  {
    let bytes = #""pre_tokenizer":\#(byteLevel),"decoder":\#(byteLevel),"#
    return
      #"{"added_tokens":[\#(added)],\#(isByteLevel ? bytes : "")"model":{"type":"BPE",\#(model)}}"#
  }

  private static func tokenizer(
    _ model: String, isByteLevel: Bool = true, added: String = ""
  ) throws(RondoTextError) -> Tokenizer {
    let text = text(model, isByteLevel: isByteLevel, added: added)
    return try Tokenizer(json: Array(text.utf8), file: "pairs.json")
  }

  private static func refusal(
    _ model: String, isByteLevel: Bool = true, added: String = ""
  ) -> String {
    do throws(RondoTextError) {
      _ = try tokenizer(model, isByteLevel: isByteLevel, added: added)
      return "accepted"
    } catch {
      return error.description
    }
  }

  private static let few =
    #""vocab":{"a":0,"b":1,"ab":2,"a</w>":3,"b</w>":4,"ab</w>":5,"?":6},"#
    + #""merges":[["a","b</w>"],["a","b"]]"#

  /// All 256 bytes, and `ab`.
  private static let whole: String = {
    let bytes = (UInt8.min...UInt8.max).map { byte in
      let spelling = ByteAlphabet.spelling(of: [byte])
      return #""\#(spelling == "\"" || spelling == "\\" ? "\\" + spelling : spelling)":\#(byte)"#
    }
    return #""vocab":{\#(bytes.joined(separator: ",")),"ab":256},"merges":[["a","b"]]"#
  }()

  @Test("A byte-level file's suffix, unknown token and fusing mean what they say")
  func byteLevelSettings() throws {
    let suffix = #""end_of_word_suffix":"</w>","#
    let cases: [(String, [(String, [Int])])] = [
      (
        suffix + #""unk_token":"?","#,
        [
          ("ab", [5]), ("abab", [2, 5]), ("xb", [6, 4]), ("bx", [1, 6]), ("é", [6, 6]),
          ("ba", [1, 3]),
        ]
      ),
      (suffix, [("ab", [5]), ("xb", [4]), ("bx", [1])]),
      (#""unk_token":"?","fuse_unk":true,"#, [("ab", [2]), ("xxb", [6, 1]), ("éb", [6, 1])]),
      (#""unk_token":"?","#, [("ab", [2]), ("xxb", [6, 6, 1]), ("éb", [6, 6, 1])]),
      (
        suffix + #""unk_token":"?","ignore_merges":true,"#,
        [("ab", [2]), ("abab", [2, 5]), ("a", [0])]
      ),
    ]
    for (settings, texts) in cases {
      let read = try Self.tokenizer(settings + Self.few)
      for tokenizer in [read, try Tokenizer(json: try read.json(), file: "copy")] {
        for (text, ids) in texts {
          #expect(tokenizer.encode(text) == ids, "\(settings) \(text)")
          #expect(tokenizer.encoding(of: text).ids == ids, "\(settings) \(text)")
        }
      }
    }
  }

  @Test("An unknown token that never occurs costs nothing, and is kept")
  func uselessUnknownToken() throws {
    for token in ["", "ab", "<unk>"] {
      let tokenizer = try Self.tokenizer(#""unk_token":"\#(token)","# + Self.whole)
      let model = try #require(tokenizer.model as? BytePairModel)
      #expect(model.unitTable.isExact)
      #expect(tokenizer.encode("xab") == [0x78, 256])
      let json = String(decoding: try tokenizer.json(), as: UTF8.self)
      #expect(json.contains(#""unk_token": "\#(token)""#))
      let folder = try TextFolder()
      let gpt2 = Tokenizer(
        preTokenizer: ByteLevelPreTokenizer(addsPrefixSpace: false), model: model,
        decoder: ByteLevelDecoder())
      try gpt2.writeGPT2(
        vocabulary: "\(folder.path)/vocab.json", merges: "\(folder.path)/merges.txt")
    }
  }

  @Test("Byte-level settings that cannot be followed are refused by name")
  func refusals() {
    #expect(
      Self.refusal(#""byte_fallback":true,"# + Self.whole)
        == "pairs.json uses byte fallback beside ByteLevel, which is not supported; "
        + "use another form of the same tokenizer, such as a .model, .tiktoken or tokenizer.json "
        + "file, or another model's")
    #expect(
      Self.refusal(#""end_of_word_suffix":"字","# + Self.few).contains(
        "uses 字 around tokens beside ByteLevel"))
    #expect(
      Self.refusal(#""unk_token":"??","# + Self.few).contains("?? is not in the vocabulary"))
    #expect(
      Self.refusal(#""is_ranked":true,"end_of_word_suffix":"</w>","# + Self.whole).contains(
        "uses ranks of anything but plain bytes"))
  }

  @Test("A model without merges stays one when it is written")
  func noMerges() throws {
    let vocabulary = Self.whole.replacing(#"[["a","b"]]"#, with: "[]")
    let read = try Self.tokenizer(#""ignore_merges":true,"# + vocabulary)
    for tokenizer in [read, try Tokenizer(json: try read.json(), file: "copy")] {
      #expect(tokenizer.encode("ab") == [256])
      #expect(tokenizer.encode("abx") == [0x61, 0x62, 0x78])
    }
  }

  @Test("A merge goes on with the prefix, and a cycle is refused at its place")
  func cycles() throws {
    func model(_ merges: String) -> String {
      ####""continuing_subword_prefix":"##","vocab":{"a":0,"##b":1,"ab":2,"##":3,"####
        + ####""b":4,"#":5,"###":6},"merges":[\####(merges)]"####
    }
    for merge in [####"["a","##"]"####, ####"["##b","##"]"####, ####""a ##""####] {
      let found = Self.refusal(model(####"["a","##b"],"#### + merge), isByteLevel: false)
      #expect(found.contains("pairs.json is damaged at merge 1: it is a cycle"), "\(found)")
    }
    #expect(
      Self.refusal(model(#"["a","b"]"#), isByteLevel: false).contains(
        "damaged at merge 0: its right part does not begin with \"##\""))
    // Hugging Face's trainer learns this of the text "##b": its parts are fewer every time.
    let tokenizer = try Self.tokenizer(
      model(####"["#","###"],["##","##b"],["a","##b"]"####), isByteLevel: false)
    #expect(tokenizer.encode("##b") == [1])
    #expect(tokenizer.encode("ab") == [2])
  }

  @Test("A token outside the alphabet of bytes has to be an added token of the same identifier")
  func strangers() throws {
    let strange = #""vocab":{"a":0,"日本":1,"Ġ▁x":2},"merges":[]"#
    func added(_ ids: Int...) -> String {
      zip(ids, ["日本", "Ġ▁x"]).map { #"{"id":\#($0),"content":"\#($1)"}"# }
        .joined(separator: ",")
    }
    let tokenizer = try Self.tokenizer(strange, added: added(1, 2))
    #expect(tokenizer.decode([1, 0, 2]) == "日本aĠ▁x")
    #expect(tokenizer.encode("a日本") == [0, 1])
    for (added, name) in [("", "日本"), (added(1), "Ġ▁x"), (added(1, 3), "Ġ▁x")] {
      let refusal = Self.refusal(strange, added: added)
      #expect(refusal.hasPrefix("pairs.json uses the token \"\(name)\" at line 1, $.model.vocab"))
      #expect(refusal.contains("alphabet of bytes"), "\(refusal)")
    }
  }
}
