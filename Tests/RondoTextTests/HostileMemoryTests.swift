#if os(Linux)
import Foundation
import Testing

@testable import RondoText

@Suite("Hostile files and memory")
struct HostileMemoryTests {
  @Test("A hostile file takes no more memory than its size and 64 MB, and gets a typed error")
  func memory() async {
    await #expect(processExitsWith: .success) {
      for file in HostileFile.all {
        let bytes = file.bytes()
        let limit = DataLimit(allowing: bytes.count + 64 << 20)
        let error = file.error(of: bytes)
        limit.lift()
        let found = "\(file.name): \(error?.description.prefix(300) ?? "accepted")"
        #expect(error.map(DamagedFileTests.isExact) ?? true, "\(found)")
        #expect(file.problem.isEmpty || found.contains(file.problem), "\(found)")
      }
    }
  }

  @Test("Nor does a small file that is cut anywhere, or has any bit flipped")
  func damagedFiles() async {
    await #expect(processExitsWith: .success) {
      for sample in try FileFormats.samples() {
        let limit = DataLimit(allowing: sample.bytes.count + 64 << 20)
        for place in DamagedFileTests.places(in: sample) {
          _ = sample.error(of: Array(sample.bytes[..<place]))
          for bit in 0..<8 {
            var bytes = sample.bytes
            bytes[place] ^= 1 << UInt8(bit)
            _ = sample.error(of: bytes)
          }
        }
        limit.lift()
      }
    }
  }

  #if !DEBUG
  @Test("Nor does a file of 40 MB that holds nothing but small lists")
  func smallLists() async {
    await #expect(processExitsWith: .success) {
      let bytes = Array(("[[]" + String(repeating: ",[]", count: 40_000_000 / 3) + "]").utf8)
      let limit = DataLimit(allowing: bytes.count + 64 << 20)
      let document = try JSONDocument(bytes, file: "hostile.json")
      var count = 0
      for element in try document.root.elements() where element.isArray { count += 1 }
      limit.lift()
      #expect(count == 1 + 40_000_000 / 3)
    }
  }
  #endif

  @Test("The limit on memory ends a program that goes beyond it")
  func limit() async {
    await #expect(processExitsWith: .failure) {
      let limit = DataLimit(allowing: 64 << 20)
      let bytes = [UInt8](repeating: 1, count: 65 << 20)
      limit.lift()
      exit(bytes[0] == 1 ? 0 : 1)
    }
  }
}

/// Gives back what has been freed, so that it does not count as held; not in Swift's module of glibc.
@_silgen_name("malloc_trim")
private func releaseFreedMemory(_ kept: Int) -> Int32

/// Ends the process as soon as it holds more memory than it did, and an allowance.
struct DataLimit {
  private var old = rlimit()

  init(allowing count: Int) {
    _ = releaseFreedMemory(0)
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmData:") }
    let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap {
      Int($0)
    }
    getrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &old)
    var new = old
    new.rlim_cur = rlim_t((kilobytes ?? 0) << 10 + count)
    setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &new)
  }

  func lift() {
    var old = old
    setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &old)
  }
}
#endif

/// A file that was made to do harm.
struct HostileFile {
  let name: String
  /// A part of the error; empty where the file is odd but whole.
  let problem: String
  let bytes: @Sendable () -> [UInt8]
  let read: @Sendable ([UInt8]) throws(RondoTextError) -> Tokenizer

  func error(of bytes: [UInt8]) -> RondoTextError? {
    do throws(RondoTextError) {
      let tokenizer = try read(bytes)
      _ = tokenizer.decode(tokenizer.encode("a ab é 12 <s> ▁a", allowing: .all))
      return nil
    } catch {
      return error
    }
  }

  private static func json(
    _ name: String, _ problem: String, _ text: @escaping @Sendable () -> String
  ) -> HostileFile {
    HostileFile(name: name, problem: problem, bytes: { Array(text().utf8) }) {
      (bytes: [UInt8]) throws(RondoTextError) in
      try Tokenizer(contentsOf: try FileFormats.file(bytes, "hostile.json"))
    }
  }

  private static func model(
    _ name: String, _ problem: String, _ bytes: @escaping @Sendable () -> [UInt8]
  ) -> HostileFile {
    HostileFile(name: name, problem: problem, bytes: bytes) {
      (bytes: [UInt8]) throws(RondoTextError) in
      try Tokenizer(sentencePiece: try FileFormats.file(bytes, "hostile.model"))
    }
  }

  private static func text(
    _ name: String, _ problem: String, _ text: @escaping @Sendable () -> String,
    _ read: @escaping @Sendable (String) throws(RondoTextError) -> Tokenizer
  ) -> HostileFile {
    HostileFile(name: name, problem: problem, bytes: { Array(text().utf8) }) {
      (bytes: [UInt8]) throws(RondoTextError) in
      try read(try FileFormats.file(bytes, "hostile.file"))
    }
  }

  /// A text of four megabytes, or less where building it takes long.
  private static func repeated(_ unit: String) -> String {
    #if DEBUG
    String(repeating: unit, count: 1 << 18 / unit.utf8.count)
    #else
    String(repeating: unit, count: 1 << 22 / unit.utf8.count)
    #endif
  }

  /// A token so long that a call for each of its letters would not fit on the stack.
  private static var deep: String {
    #if DEBUG
    String(repeating: "a", count: 40_000)
    #else
    String(repeating: "a", count: 1 << 16)
    #endif
  }

  #if DEBUG
  private static let lengthOfPieces = 2000
  #else
  private static let lengthOfPieces = 1 << 16
  #endif

  private static func bytePairs(_ vocabulary: String, _ merges: String = "[]") -> String {
    #"{"model":{"type":"BPE","vocab":\#(vocabulary),"merges":\#(merges)}}"#
  }

  private static func words(_ more: String) -> String {
    #"{\#(more),"model":{"type":"WordLevel","unk_token":"a","vocab":{"a":0}}}"#
  }

  private static func pieces(_ texts: [String], kind: Int = 1) -> [UInt8] {
    var writer = ProtobufWriter()
    for (index, text) in (["<unk>"] + texts).enumerated() {
      var piece = ProtobufWriter()
      piece.write(1, text.utf8)
      piece.write(3, index == 0 ? 2 : kind)
      writer.write(1, piece.bytes)
    }
    return writer.bytes
  }

  static let all: [HostileFile] = [
    json("depth", "nested deeper") { repeated("[") },
    json("depth of objects", "nested deeper") { repeated(#"{"a":"#) },
    json("depth of components", "nested deeper") {
      let depth = 100_000
      return #"{"normalizer":"#
        + String(
          repeating: #"{"type":"Sequence","normalizers":["#, count: depth)
        + String(repeating: "]}", count: depth) + "}"
    },
    json("commas", "no value begins here") { "[" + repeated(",") },
    json("colons", "no value begins here") { "[" + repeated(":") },
    json("small values", "an object was expected") { "[0" + repeated(",0") + "]" },
    json("small arrays", "an object was expected") { "[[]" + repeated(",[]") + "]" },
    json("a number", "ends early") { #"{"a":1"# + repeated("0") },
    json("escapes", "an object was expected") { #"""# + repeated("\\u0041") + #"""# },
    json("members", "occurs twice") {
      #"{"model":{"type":"BPE","vocab":{"a":0"# + repeated(#","a":0"#) + #"},"merges":[]}}"#
    },
    json("high identifiers", "is not an identifier below") {
      bytePairs(
        "{" + (0..<60_000).map { "\"\($0)\":\(2_000_000_000 - $0)" }.joined(separator: ",") + "}")
    },
    json("a long token", "more than 65536 bytes") { bytePairs(#"{"\#(repeated("a"))":0}"#) },
    json("merges with nothing", "unknown token") {
      bytePairs(#"{"a":0,"":1}"#, #"[["a",""]]"#)
    },
    json("merges of nothing", "unknown token") { bytePairs(#"{"a":0}"#, #"[["",""]]"#) },
    json("a merge into one of its parts", "unknown token") {
      bytePairs(#"{"a":0,"b":1}"#, #"[["a","b"],["ab","a"]]"#)
    },
    json("one merge many times", "") {
      bytePairs(#"{"a":0,"aa":1}"#, #"[["a","a"]"# + repeated(#",["a","a"]"#) + "]")
    },
    json("a long piece", "") {
      #"{"model":{"type":"Unigram","unk_id":0,"vocab":[["?",0],["\#(deep)",-1]]}}"#
    },
    json("a piece many times", "occurs twice") {
      #"{"model":{"type":"Unigram","unk_id":0,"vocab":[["?",0]"# + repeated(#",["a",-1]"#) + "]}}"
    },
    json("an infinite score", "hostile.json") {
      #"{"model":{"type":"Unigram","unk_id":0,"vocab":[["?",0],["a",-1e999]]}}"#
    },
    json("a far unknown piece", "hostile.json") {
      #"{"model":{"type":"Unigram","unk_id":9000000000000000000,"vocab":[["?",0],["a",-1]]}}"#
    },
    json("a long added token", "longer than 65536 bytes") {
      words(#""added_tokens":[{"id":1,"content":"\#(repeated("<"))"}]"#)
    },
    json("an added token far away", "is not an identifier") {
      words(#""added_tokens":[{"id":9223372036854775807,"content":"x"}]"#)
    },
    json("an added token below zero", "is not an identifier") {
      words(#""added_tokens":[{"id":-1,"content":"x"}]"#)
    },
    json("an added token many times", "occurs twice") {
      words(
        #""added_tokens":[{"id":1,"content":"x"}"#
          + String(repeating: #",{"id":1,"content":"x"}"#, count: 10_000) + "]")
    },
    json("a map of nonsense", "") {
      words(#""normalizer":{"type":"Precompiled","precompiled_charsmap":"\#(repeated("AAQA"))"}"#)
    },
    json("a map that claims gigabytes", "hostile.json") {
      words(#""normalizer":{"type":"Precompiled","precompiled_charsmap":"////fwAA"}"#)
    },
    json("an empty pattern", "hostile.json") {
      words(#""normalizer":{"type":"Replace","pattern":{"String":""},"content":"x"}"#)
    },
    json("padding beyond memory", "hostile.json") {
      words(
        #""padding":{"strategy":{"Fixed":9000000000000000000},"direction":"Left","pad_id":0,"#
          + #""pad_type_id":0,"pad_token":"a"}"#)
    },
    json("a multiple beyond memory", "hostile.json") {
      words(
        #""padding":{"strategy":"BatchLongest","direction":"Left","pad_to_multiple_of":"#
          + #"9000000000000000000,"pad_id":0,"pad_type_id":0,"pad_token":"a"}"#)
    },
    json("stripping almost without end", "is more than 65536") {
      words(#""decoder":{"type":"Strip","content":"a","start":0,"stop":4611686018427387904}"#)
    },
    json("replacements that double a text", "times as long") {
      let one = #"{"type":"Replace","pattern":{"String":"a"},"content":"aa"}"#
      let all = [String](repeating: one, count: 40).joined(separator: ",")
      return words(#""normalizer":{"type":"Sequence","normalizers":[\#(all)]}"#)
    },
    json("long text before every text", "longer than 65536 bytes") {
      words(#""normalizer":{"type":"Prepend","prepend":"\#(deep + deep)"}"#)
    },
    json("a template of many tokens", "adds more than 65536 tokens") {
      let element = #"{"SpecialToken":{"id":"s","type_id":0}}"#
      let ids = [String](repeating: "0", count: 1000).joined(separator: ",")
      let tokens = [String](repeating: "\"a\"", count: 1000).joined(separator: ",")
      return words(
        #""post_processor":{"type":"TemplateProcessing","single":["#
          + [String](repeating: element, count: 1000).joined(separator: ",")
          + #"],"pair":[],"special_tokens":{"s":{"id":"s","ids":[\#(ids)],"#
          + #""tokens":[\#(tokens)]}}}"#)
    },
    json("a stride below zero", "hostile.json") {
      words(
        #""truncation":{"direction":"Right","max_length":5,"strategy":"LongestFirst","stride":-9}"#)
    },
    model("a piece that claims exabytes", "past the end") {
      [0x0A] + [UInt8](repeating: 0xFF, count: 8) + [0x7F] + Array(repeated("a").utf8)
    },
    model("a number without end", "longer than 64 bits") {
      [UInt8](repeating: 0xFF, count: 1 << 20)
    },
    model("empty fields", "hostile.model") { [UInt8](repeating: 0, count: 1 << 20) },
    model("a long piece", "") { pieces([String(deep.suffix(lengthOfPieces))]) },
    model("a long piece of the user's", "") {
      pieces([String(deep.suffix(lengthOfPieces)), "b"], kind: 4)
    },
    model("pieces many times", "occurs twice") {
      pieces([String](repeating: "a", count: 50_000))
    },
    model("empty pieces", "hostile.model") { pieces([String](repeating: "", count: 50_000)) },
    text("ranks in one line", "line 1", { repeated("YQ==") + " 0\n" }) {
      path throws(RondoTextError) in try Tokenizer(tiktokenRanks: path, pattern: .cl100k)
    },
    text(
      "ranks of one letter", "more than 1024 bytes",
      {
        let bytes = (0..<256).map { [UInt8($0)] }
        let runs = (2..<1100).map { [UInt8](repeating: 97, count: $0) }
        return (bytes + runs).enumerated().map { rank, token in
          "\(String(decoding: Base64.encode(token), as: UTF8.self)) \(rank)\n"
        }.joined()
      }
    ) { path throws(RondoTextError) in try Tokenizer(tiktokenRanks: path, pattern: .cl100k) },
    text("one rank many times", "hostile.file", { repeated("YQ== 0\n") }) {
      path throws(RondoTextError) in try Tokenizer(tiktokenRanks: path, pattern: .cl100k)
    },
    text("ranks of nothing", "hostile.file", { repeated("\n") }) { path throws(RondoTextError) in
      try Tokenizer(tiktokenRanks: path, pattern: .cl100k)
    },
    text("ranks of spaces", "hostile.file", { repeated(" ") }) { path throws(RondoTextError) in
      try Tokenizer(tiktokenRanks: path, pattern: .cl100k)
    },
    text("merges of nothing at all", "", { repeated("\n") }) { path throws(RondoTextError) in
      let vocabulary = Array(#"{"a":0,"b":1,"ab":2,"<|endoftext|>":3}"#.utf8)
      return try Tokenizer(
        gpt2Vocabulary: try FileFormats.file(vocabulary, "vocabulary"), merges: path)
    },
    text("empty lines", "hostile.file", { repeated("\n") }) {
      path throws(RondoTextError) in try Tokenizer(bertVocabulary: path, isLowercased: true)
    },
    text("one word many times", "hostile.file", { "[UNK]\n[CLS]\n[SEP]\n" + repeated("a\n") }) {
      path throws(RondoTextError) in try Tokenizer(bertVocabulary: path, isLowercased: true)
    },
    text("merges of spaces", "hostile.file", { repeated(" ") + "\n" }) {
      path throws(RondoTextError) in
      let vocabulary = Array(#"{"a":0,"b":1,"ab":2,"<|endoftext|>":3}"#.utf8)
      return try Tokenizer(
        gpt2Vocabulary: try FileFormats.file(vocabulary, "vocabulary"), merges: path)
    },
  ]
}
