import Foundation
import RondoData
import Testing

@Suite struct CorpusTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func parallel(_ source: String, _ target: String) throws -> Corpus {
    .parallel(try folder.write(source, as: "a.de"), try folder.write(target, as: "a.en"))
  }

  private func failure(of corpus: Corpus) -> String {
    let error = #expect(throws: DataError.self) { try corpus.read() }
    return (error?.description ?? "").replacing(folder.path + "/", with: "")
  }

  @Test("Parallel files are read line by line, side by side")
  func parallelFiles() throws {
    let contents = try parallel("Hund\r\nKatze\n", "dog\ncat").read()
    #expect(contents.records.map(\.fields) == [["Hund", "dog"], ["Katze", "cat"]])
    #expect(contents.records.map(\.number) == [1, 2])
    #expect(contents.tally.lineCount == 2)
    #expect(contents.tally.damagedCount == 0)
  }

  @Test("Parallel files of unequal length are refused, with both lengths")
  func unequalLengths() throws {
    let sentence =
      "lines; each line must be the translation of the same line in the other file"
    #expect(
      failure(of: try parallel("a\nb\nc\nd\n", "A\nB\n"))
        == "parallel files differ in length: a.de has 4, a.en has 2 \(sentence)")
    #expect(
      failure(of: try parallel("a\n", "A\nB\n"))
        == "parallel files differ in length: a.de has 1, a.en has 2 \(sentence)")
  }

  @Test("Text can be repaired and brought into a normal form")
  func cleaning() throws {
    var corpus = try parallel("Fr√ºhst√ºck\n", "ﬁne cafe\u{301}\n")
    #expect(try corpus.read().tally.misreading.encoding == nil)
    corpus.misreadAs = .macRoman
    corpus.normalization = .compatibilityComposed
    #expect(try corpus.read().records.map(\.fields) == [["Frühstück", "fine caf\u{E9}"]])
    let lines = Corpus.lines(try folder.write("Fr√ºhst√ºck\nf√ºr\n"))
    #expect(try lines.read().tally.misreading.encoding == .macRoman)
  }

  @Test("A pair with one blank side is damaged, a pair with two is passed over")
  func blankSides() throws {
    let lines = (1...30).map { "line \($0)" }
    var (source, target) = (lines, lines)
    (source[4], target[4]) = ("", "  ")
    target[9] = " \t"
    let corpus = try parallel(
      source.joined(separator: "\n"), target.joined(separator: "\n"))
    let contents = try corpus.read()
    #expect(contents.records.map(\.number) == (1...30).filter { $0 != 5 && $0 != 10 })
    #expect(contents.tally.blankCount == 1)
    #expect(contents.tally.damagedCount == 1)
    #expect(contents.tally.firstDamaged.map(\.number) == [10])
    #expect(contents.tally.firstDamaged.map(\.file) == [folder.path + "/a.en"])
  }

  @Test("Columns are found by number, counted from 1, and by name in the first line")
  func table() throws {
    let path = try folder.write("id\tde\ten\n1\tHund\tdog\n\n2\tKatze\tcat\textra\n")
    let named = try Corpus.table(path, columns: [.name("en"), .name("de")]).read()
    #expect(named.records.map(\.fields) == [["dog", "Hund"], ["cat", "Katze"]])
    #expect(named.records.map(\.number) == [2, 4])
    #expect(named.tally.blankCount == 1)
    let mixed = try Corpus.table(path, columns: [.number(1), .name("de")]).read()
    #expect(mixed.records.map(\.fields) == [["1", "Hund"], ["2", "Katze"]])
    let numbered = try Corpus.table(path, columns: [.number(3)]).read()
    #expect(numbered.records.map(\.fields) == [["en"], ["dog"], ["cat"]])
  }

  @Test("A column that is not there gets one clear sentence")
  func wrongColumn() throws {
    let path = try folder.write("de\ten\nHund\tdog\n")
    #expect(
      failure(of: .table(path, columns: [.name("fr")]))
        == "lines.txt has no column 'fr'; its first line names 'de', 'en'")
    #expect(
      failure(of: .table(path, columns: [.number(3)]))
        == "lines.txt is damaged: 2 of 2 lines cannot be used, first lines.txt:1: "
        + "column 3 is missing, the line has 2")
    let plain = try folder.write("Hund dog\n", as: "plain.txt")
    #expect(
      failure(of: .table(plain, columns: [.number(2)]))
        == "plain.txt is damaged: 1 of 1 lines cannot be used, first plain.txt:1: "
        + "column 2 is missing, the line holds no tab")
  }

  @Test("JSON lines give their fields by name: texts, numbers and truth values")
  func jsonLines() throws {
    let path = try folder.write(
      #"""
      {"text": "gr\u00fc\u00dfe \"x\"\n", "label": 3, "ignored": [1, {"a": null}]}

      {"label": true, "text": "😀"}
      {"label": -1.5, "text": "t\tab"}
      """#)
    let contents = try Corpus.jsonLines(path, fields: ["text", "label"]).read()
    let expected = [["grüße \"x\"\n", "3"], ["😀", "true"], ["t\tab", "-1.5"]]
    #expect(contents.records.map(\.fields) == expected)
    #expect(contents.records.map(\.number) == [1, 3, 4])
  }

  @Test("Damaged lines are reported with file, line and reason, counted, and not fatal")
  func damagedLines() throws {
    let good = (0..<100).map { _ in #"{"text": "a"}"# }
    let bad = [
      #"{"text": "a""#, #"["text"]"#, #"{"tex": "a"}"#, #"{"text": null}"#, #"{"text": ["a"]}"#,
      #"{"text": " "}"#, "text",
    ]
    let path = try folder.write((good + bad).joined(separator: "\n"))
    let contents = try Corpus.jsonLines(path, fields: ["text"]).read()
    #expect(contents.records.count == 100)
    #expect(contents.tally.damagedCount == 7 - 1)
    #expect(contents.tally.blankCount == 1)
    let expected: [DamagedLine.Reason] = [
      .notJSON, .notJSON, .missingField("text"), .missingField("text"), .notText(field: "text"),
    ]
    #expect(contents.tally.firstDamaged.map(\.reason) == expected)
    #expect(contents.tally.firstDamaged.map(\.number) == [101, 102, 103, 104, 105])
    #expect(
      contents.tally.description.replacing(folder.path + "/", with: "")
        == "lines.txt: 107 lines, 6 damaged (lines.txt:101: not a JSON object; "
        + "lines.txt:102: not a JSON object; lines.txt:103: the field 'text' is missing; "
        + "lines.txt:104: the field 'text' is missing; lines.txt:105: the field 'text' is not a "
        + "text; …)")
  }

  @Test("More damage than accepted is refused, early in a long file")
  func tooMuchDamage() throws {
    let lines = (0..<100).map { $0 < 11 ? "no tab" : "a\tb" }.joined(separator: "\n")
    let corpus = Corpus.table(try folder.write(lines), columns: [.number(2)])
    #expect(throws: DataError.self) { try corpus.read() }
    #expect(try corpus.read(maximumDamagedShare: 0.11).records.count == 89)
    let hopeless = Corpus.table(try folder.write("x\ny\n"), columns: [.number(2)])
    #expect(throws: DataError.self) { try hopeless.read(maximumDamagedShare: 1) }

    let path = try folder.write(String(repeating: "no tab\n", count: 50_000))
    let reader = try Corpus.table(path, columns: [.number(2)]).open()
    #expect(throws: DataError.self) { try reader.next() }
    #expect(reader.tally.lineCount == 10_000)
  }

  @Test("Latin-1 is recognized and the sentence says how to convert it")
  func latin1() throws {
    let text = "Äpfel\nNüsse\nBrot\nKäse\n"
    let path = try folder.write(text.unicodeScalars.map { UInt8($0.value) })
    #expect(
      failure(of: .lines(path))
        == "lines.txt is not UTF-8: 3 of 4 lines cannot be read, first lines.txt:1: byte 1 is not "
        + "UTF-8; it looks like Latin-1, so convert it with: iconv -f WINDOWS-1252 -t UTF-8")
    let other = try folder.write([0xB0, 0xA1, 0x0A, 0xB0, 0xA2])
    #expect(
      failure(of: .lines(other))
        == "lines.txt is not UTF-8: 2 of 2 lines cannot be read, first lines.txt:1: byte 1 is not "
        + "UTF-8; convert it with: iconv -f ENCODING -t UTF-8")
  }

  @Test("A file without examples is refused")
  func empty() throws {
    for text in ["", "\n \n\n"] {
      #expect(failure(of: .lines(try folder.write(text))) == "lines.txt holds no examples")
    }
    let path = try folder.write("")
    #expect(failure(of: .table(path, columns: [.name("a")])) == "lines.txt holds no examples")
  }

  @Test("A file that is missing is named", arguments: ["a.de", "a.en"])
  func missing(name: String) throws {
    let corpus = try parallel("a", "b")
    try FileManager.default.removeItem(atPath: folder.path + "/" + name)
    #expect(failure(of: corpus) == "cannot open \(name): No such file or directory")
  }

  @Test("Multi30k's validation set is 1014 pairs", .enabled(if: SharedData.isPresent))
  func multi30k() throws {
    let path = SharedData.folder + "/translation/val"
    let contents = try Corpus.parallel(path + ".de", path + ".en").read()
    #expect(contents.records.count == 1014)
    #expect(contents.tally.damagedCount == 0)
    let compressed = Corpus.lines(SharedData.folder + "/translation/train.de.gz")
    let error = #expect(throws: DataError.self) { try compressed.read() }
    #expect(error == .notUTF8(path: SharedData.folder + "/translation/train.de.gz", .gzip))
  }
}
