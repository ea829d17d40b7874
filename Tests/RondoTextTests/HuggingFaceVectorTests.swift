import Foundation
import Testing

@testable import RondoText

@Suite("Hugging Face's tokenizers", .enabled(if: SharedVectors.isPresent))
struct HuggingFaceVectorTests {
  @Test(
    "Every case has the same identifiers, offsets and decoded text",
    arguments: [
      ("wordlevel", "wordlevel.jsonl"), ("char", "char.jsonl"),
      ("bert-cased", "bert-cased.jsonl"), ("bert-uncased", "bert-uncased.jsonl"),
      ("cl100kish", "cl100kish-hf.jsonl"), ("bytelevel-prefix", "bytelevel-prefix.jsonl"),
      ("added", "added.jsonl"), ("hf-unigram", "hf-unigram.jsonl"), ("t5ish", "t5ish-hf.jsonl"),
    ])
  func cases(_ file: String, _ cases: String) throws {
    let tokenizer = try Tokenizer(contentsOf: SharedVectors.path("tokenizers/\(file).json"))
    try SharedVectors.check(cases, with: tokenizer)
    let json = try tokenizer.json()
    #expect(try Tokenizer(json: json, file: "copy").json() == json)
  }
}
