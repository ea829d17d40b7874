import Foundation
import Synchronization
import Testing

@testable import RondoText

/// Random numbers that are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Laws of tokenizers")
struct LawsTests {
  static func texts(count: Int) -> [String] {
    var numbers = SeededNumbers(state: 7)
    let units = [
      "a", "B", "The ", " man", "é", "e\u{301}", "中", "각", "ا", "🙂", "\n", "  ", "1", "23", "'s",
      "-", "!",
      "\u{9}", "\u{200D}", "ß", "Ǆ", "ﬁ", "豈", "\u{1D15E}", "\u{903}", "\u{F71}\u{F72}",
      "\u{302E}\u{1D165}",
    ]
    return (0..<count).map { _ in
      (0..<Int.random(in: 0...30, using: &numbers)).map { _ in
        units.randomElement(using: &numbers) ?? ""
      }.joined()
    }
  }

  @Test("Byte-level models give any bytes back")
  func roundTrip() throws {
    var numbers = SeededNumbers(state: 3)
    for (name, tokenizer) in try EveryTokenizer.all() where EveryTokenizer.lossless.contains(name) {
      for length in 0..<200 {
        let bytes = (0..<length).map { _ in
          UInt8.random(in: 0...255, using: &numbers) & (Bool.random(using: &numbers) ? 0xFF : 0x7F)
        }
        #expect(tokenizer.decodeBytes(tokenizer.encode(bytes: bytes)) == bytes)
      }
      for text in Self.texts(count: 200) {
        #expect(tokenizer.decode(tokenizer.encode(text)).utf8.elementsEqual(text.utf8))
      }
    }
  }

  @Test("Tokens of any bytes stand for exactly these bytes, one after another")
  func bytes() throws {
    var numbers = SeededNumbers(state: 5)
    let options = EncodingOptions(addsSpecialTokens: false)
    for (name, tokenizer) in try EveryTokenizer.all() where EveryTokenizer.covering.contains(name) {
      for length in 0..<200 {
        var bytes = (0..<length).map { _ in
          [0x20, 0x0A, 0x61, 0xC3, 0xA9, 0xFF].randomElement(using: &numbers) ?? UInt8(0)
        }
        bytes.append(0xC3)
        let encoding = tokenizer.encoding(ofBytes: bytes, options: options)
        #expect(encoding.ids == tokenizer.encode(bytes: bytes), "\(name) \(bytes)")
        var position = 0
        for (id, range) in zip(encoding.ids, encoding.byteOffsets) {
          #expect(range.lowerBound == position)
          #expect(tokenizer.bytes(of: id) == Array(bytes[range]), "\(name) \(bytes)")
          position = range.upperBound
        }
        #expect(position == bytes.count)
        #expect(encoding.pieces == encoding.ids.map { tokenizer.token(for: $0) })
        let words = encoding.wordIndices.compactMap(\.self)
        #expect(words == words.sorted() && words.count == encoding.count && words.first == 0)
        let starts = encoding.scalarOffsets.map(\.lowerBound)
        #expect(starts == starts.sorted())
      }
    }
    for (name, tokenizer) in try EveryTokenizer.all() {
      for text in Self.texts(count: 50) {
        #expect(
          tokenizer.encoding(ofBytes: Array(text.utf8)) == tokenizer.encoding(of: text), "\(name)")
      }
      let broken: [UInt8] = [0x61, 0xFF, 0x20, 0xE4, 0xB8]
      #expect(
        tokenizer.encoding(ofBytes: broken, options: options).ids
          == tokenizer.encode(bytes: broken), "\(name)")
    }
  }

  @Test("Offsets follow the text in order, and tokens are the same with and without them")
  func offsets() throws {
    for (name, tokenizer) in try EveryTokenizer.all() {
      for text in Self.texts(count: 100) {
        let encoding = tokenizer.encoding(
          of: text, options: EncodingOptions(addsSpecialTokens: false))
        #expect(encoding.ids == tokenizer.encode(text), "\(name) \(text.debugDescription)")
        var last = 0
        for (bytes, scalars) in zip(encoding.byteOffsets, encoding.scalarOffsets) {
          #expect(bytes.lowerBound >= last && bytes.upperBound <= text.utf8.count)
          #expect(scalars.upperBound <= text.unicodeScalars.count)
          last = bytes.lowerBound
        }
      }
    }
  }

  @Test("Byte-level tokens cover every byte of the text in order, and others leave out only space")
  func coverage() throws {
    for (name, tokenizer) in try EveryTokenizer.all() {
      for text in Self.texts(count: 100) {
        let encoding = tokenizer.encoding(
          of: text, options: EncodingOptions(addsSpecialTokens: false))
        var covered = [Bool](repeating: false, count: text.utf8.count)
        var last = (bytes: 0..<0, scalars: 0..<0)
        for (range, scalars) in zip(encoding.byteOffsets, encoding.scalarOffsets) {
          // Of two tokens that share a character each stands for all of it.
          let isInOrder =
            range.lowerBound >= last.bytes.lowerBound && range.upperBound >= last.bytes.upperBound
          let isNext = scalars.lowerBound >= last.scalars.upperBound - 1
          #expect(
            isInOrder && (isNext || !EveryTokenizer.covering.contains(name)), "\(name) \(text)")
          last = (range, scalars)
          for byte in range { covered[byte] = true }
        }
        let gaps = zip(text.utf8, covered).filter { !$0.1 }.map(\.0)
        if EveryTokenizer.covering.contains(name) {
          #expect(gaps.isEmpty, "\(name) \(text.debugDescription)")
        } else {
          // Marks that are stripped or put into another order, joiners that are cleaned away, and
          // what one tokenizer cuts at and leaves out.
          let cutsOut = (tokenizer.preTokenizer as? SplitPreTokenizer)?.behavior == .removed
          let lost = String(decoding: gaps, as: UTF8.self).unicodeScalars.filter { scalar in
            if cutsOut, scalar == "a" { return false }
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .spacingMark, .format: return false
            default: return !scalar.properties.isWhitespace
            }
          }
          #expect(lost.isEmpty, "\(name) \(text.debugDescription) \(lost)")
        }
      }
    }
  }

  @Test("A batch is its texts one by one, filled up")
  func batches() throws {
    let texts = Self.texts(count: 40)
    for (name, tokenizer) in try EveryTokenizer.all() {
      var fitted = tokenizer
      fitted.truncation = Truncation(length: 12, stride: 2)
      let pairs = zip(texts, texts.reversed()).map { (first: $0, second: $1) }
      let singlePairs = try pairs.map { try fitted.fittedEncoding(of: $0.first, and: $0.second) }
      #expect(try fitted.fittedEncodings(ofPairs: pairs) == singlePairs, "\(name)")
      let single = try texts.map { try fitted.fittedEncoding(of: $0) }
      #expect(try fitted.fittedEncodings(of: texts) == single, "\(name)")
      fitted.padding = Padding(id: 0)
      let batch = try fitted.fittedEncodings(of: texts)
      #expect(Set(batch.map(\.count)) == [single.map(\.count).max() ?? 0], "\(name)")
      for (filled, plain) in zip(batch, single) {
        #expect(Array(filled.ids.prefix(plain.count)) == plain.ids, "\(name)")
        #expect(filled.attentionMask.reduce(0, +) == plain.count)
      }
      let filledPairs = try fitted.fittedEncodings(ofPairs: pairs)
      #expect(
        Set(filledPairs.map(\.count)) == [singlePairs.map(\.count).max() ?? 0], "\(name)")
      for (filled, plain) in zip(filledPairs, singlePairs) {
        #expect(Array(filled.ids.prefix(plain.count)) == plain.ids, "\(name)")
        #expect(Array(filled.typeIDs.prefix(plain.count)) == plain.typeIDs, "\(name)")
      }
    }
  }

  @Test("No text becomes a special token that it may not become")
  func specialTokens() throws {
    var numbers = SeededNumbers(state: 11)
    for (name, tokenizer) in try EveryTokenizer.all() {
      let special = (0..<tokenizer.vocabularySize).filter { tokenizer.isSpecial($0) }
      let spellings = special.compactMap { tokenizer.token(for: $0) }
      #expect(!special.isEmpty)
      // Pieces of the spellings, and spellings that only normalization makes.
      let parts =
        spellings + spellings.flatMap { [String($0.prefix(2)), String($0.dropFirst(2))] }
        + spellings.map { $0.uppercased() }
        + spellings.map { $0.replacing("<", with: "＜").replacing("s", with: "ｓ") } + [
          " ", "a", "\n",
        ]
      let barred = Set(special).subtracting([tokenizer.unknownID ?? -1])
      for _ in 0..<300 {
        let text = (0..<Int.random(in: 1...6, using: &numbers)).map { _ in
          parts.randomElement(using: &numbers) ?? ""
        }.joined()
        let options = EncodingOptions(addsSpecialTokens: false)
        let note: Comment = "\(name) \(text.debugDescription)"
        #expect(barred.isDisjoint(with: tokenizer.encode(text)), note)
        #expect(barred.isDisjoint(with: tokenizer.encode(bytes: Array(text.utf8))), note)
        #expect(barred.isDisjoint(with: tokenizer.encoding(of: text, options: options).ids), note)
      }
      for (id, spelling) in zip(special, spellings) {
        #expect(tokenizer.encode("a \(spelling) b", allowing: .all).contains(id), "\(name)")
      }
    }
  }

  @Test("Text is normalized the same whether or not origins are kept")
  func origins() {
    for normalizer in [
      BERTNormalizer(), BERTNormalizer(isLowercasing: false), BERTNormalizer(cleansText: false),
      BERTNormalizer(spacesChinese: false, stripsAccents: false),
    ] {
      for text in Self.texts(count: 500) {
        var (plain, tracked) = (NormalizedText(text, keepsOrigins: false), NormalizedText(text))
        normalizer.normalize(&plain)
        normalizer.normalize(&tracked)
        #expect(plain.string.utf8.elementsEqual(tracked.string.utf8), "\(text.debugDescription)")
      }
    }
  }

  @Test("What was encoded before, and by how many threads, changes nothing")
  func independence() async throws {
    let texts = Self.texts(count: 150)
    for (name, tokenizer) in try EveryTokenizer.all() {
      let fresh = try Tokenizer(json: try tokenizer.json(), file: name)
      let expected = texts.reversed().map { (fresh.encode($0), fresh.encoding(of: $0)) }.reversed()
      let found = await withTaskGroup(of: (Int, [Int], Encoding).self) { group in
        for (index, text) in texts.enumerated() {
          group.addTask { (index, tokenizer.encode(text), tokenizer.encoding(of: text)) }
        }
        return await group.reduce(into: [Int: ([Int], Encoding)]()) { $0[$1.0] = ($1.1, $1.2) }
      }
      for (index, one) in expected.enumerated() {
        #expect(found[index]?.0 == one.0, "\(name)")
        #expect(found[index]?.1 == one.1, "\(name)")
      }
    }
  }

  /// What a model may write: the tokens of texts, of bytes that are no text, and any at all.
  static func generated(by tokenizer: Tokenizer, count: Int) -> [[Int]] {
    var numbers = SeededNumbers(state: 13)
    let leads: [UInt8] = [0x61, 0x20, 0xC3, 0xA9, 0xE4, 0xB8, 0xF0, 0x9F, 0x98, 0x80, 0xED, 0xFF]
    let broken = (0..<count).map { _ in
      tokenizer.encode(
        bytes: (0..<Int.random(in: 1...20, using: &numbers)).map { _ in
          leads.randomElement(using: &numbers) ?? 0
        })
    }
    let random = (0..<count).map { _ in
      (0..<Int.random(in: 1...20, using: &numbers)).map { _ in
        Int.random(in: 0...tokenizer.vocabularySize, using: &numbers)
      }
    }
    return texts(count: count).map { tokenizer.encode($0) } + broken + random
  }

  @Test("Tokens decoded in two parts are those decoded at once, wherever the cut is")
  func cutting() throws {
    for (name, tokenizer) in try EveryTokenizer.all() {
      for ids in Self.generated(by: tokenizer, count: 12) {
        let whole = tokenizer.decode(ids)
        var stream = StreamingDecoder(tokenizer)
        var before = ""
        for cut in 0...ids.count {
          // A stream that was put aside goes on where it was.
          var rest = stream
          let after = ids[cut...].map { rest.decode($0) }.joined() + rest.finish()
          #expect((before + after).utf8.elementsEqual(whole.utf8), "\(name) \(ids) \(cut)")
          if EveryTokenizer.lossless.contains(name) {
            let parts = [ids[..<cut], ids[cut...]].flatMap { tokenizer.decodeBytes(Array($0)) }
            #expect(parts == tokenizer.decodeBytes(ids), "\(name) \(cut)")
          }
          if cut < ids.count { before += stream.decode(ids[cut]) }
        }
      }
    }
  }

  @Test("A streamed text is the whole text")
  func streaming() throws {
    for (name, tokenizer) in try EveryTokenizer.all() {
      for ids in Self.generated(by: tokenizer, count: 100) {
        for keepsSpecialTokens in [false, true] {
          var stream = StreamingDecoder(tokenizer, keepsSpecialTokens: keepsSpecialTokens)
          var pieces: [String] = []
          for id in ids { pieces.append(stream.decode(id)) }
          pieces.append(stream.finish())
          let whole = tokenizer.decode(ids, keepsSpecialTokens: keepsSpecialTokens)
          #expect(pieces.joined().utf8.elementsEqual(whole.utf8), "\(name) \(ids)")
        }
      }
    }
  }
}
