import Foundation
import RondoData
import Testing

@Suite struct LineReaderTests {
  private func lines(
    of bytes: some Sequence<UInt8>, limit: Int = 1 << 24
  ) throws -> [Line] {
    let folder = try TemporaryFolder()
    let reader = try LineReader(contentsOf: folder.write(bytes), limit: limit)
    var lines: [Line] = []
    while let line = try reader.next() { lines.append(line) }
    return lines
  }

  private func texts(of text: String) throws -> [String] {
    try lines(of: text.utf8).map { try $0.text.get() }
  }

  @Test("Lines end with LF, CR LF or the end of the file, and nothing else")
  func lineEnds() throws {
    #expect(try texts(of: "") == [])
    #expect(try texts(of: "\n") == [""])
    #expect(try texts(of: "a") == ["a"])
    #expect(try texts(of: "a\n") == ["a"])
    #expect(try texts(of: "a\r\nb\r\n\r\nc") == ["a", "b", "", "c"])
    #expect(try texts(of: "a\rb\u{2028}c\u{85}d\u{0B}e\n") == ["a\rb\u{2028}c\u{85}d\u{0B}e"])
  }

  @Test("A byte order mark is no part of the first line")
  func byteOrderMark() throws {
    #expect(try texts(of: "\u{FEFF}Grüße\nb") == ["Grüße", "b"])
    #expect(try texts(of: "a\n\u{FEFF}b") == ["a", "\u{FEFF}b"])
  }

  @Test("Lines of every length come whole, wherever the chunks end")
  func chunks() throws {
    for length in [65_534, 65_535, 65_536, 65_537, 200_000] {
      let long = String(repeating: "x", count: length - 2) + "ä"
      let expected = [long, "next", long]
      #expect(try texts(of: expected.joined(separator: "\n")) == expected)
      #expect(try texts(of: expected.joined(separator: "\r\n") + "\r\n") == expected)
    }
  }

  @Test("Lines are numbered from 1")
  func numbers() throws {
    #expect(try lines(of: "a\n\nb".utf8).map(\.number) == [1, 2, 3])
  }

  @Test("A line that is not UTF-8 is reported with its place, and the next one is read")
  func invalidBytes() throws {
    let bytes = Array("gut\nf".utf8) + [0xFC] + Array("r\n".utf8) + [0xE4, 0xB8, 0x0A, 0x61]
    let lines = try lines(of: bytes)
    #expect(lines.count == 4)
    #expect(try lines[0].text.get() == "gut")
    #expect(try lines[3].text.get() == "a")
    guard case .failure(let second) = lines[1].text, case .failure(let third) = lines[2].text else {
      Issue.record("both middle lines are damaged")
      return
    }
    #expect(second.number == 2)
    #expect(second.reason == .notUTF8(byte: 2, isLatin1: true))
    #expect(second.description.hasSuffix("lines.txt:2: byte 2 is not UTF-8"))
    #expect(third.reason == .notUTF8(byte: 1, isLatin1: false))
  }

  @Test("A line beyond the limit is reported and passed over")
  func tooLong() throws {
    let lines = try lines(
      of: (String(repeating: "x", count: 100_000) + "\nshort\n1234").utf8, limit: 5)
    #expect(lines.map(\.number) == [1, 2, 3])
    #expect(lines[0].text == .failure(damaged(lines[0], .tooLong(limit: 5))))
    #expect(try lines[1].text.get() == "short")
    #expect(try lines[2].text.get() == "1234")
  }

  private func damaged(_ line: Line, _ reason: DamagedLine.Reason) -> DamagedLine {
    guard case .failure(let damage) = line.text else {
      return DamagedLine(file: "", number: 0, reason: reason)
    }
    return DamagedLine(file: damage.file, number: line.number, reason: reason)
  }

  @Test("Text in UTF-16 and compressed files are refused in one clear sentence")
  func otherEncodings() throws {
    let little = "Grüße\nb".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = "Grüße\nb".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let cases: [([UInt8], String)] = [
      (little, "UTF-16LE"), ([0xFF, 0xFE] + little, "UTF-16LE"),
      (big, "UTF-16BE"), ([0xFE, 0xFF] + big, "UTF-16BE"),
    ]
    for (bytes, encoding) in cases {
      let error = #expect(throws: DataError.self) { try lines(of: bytes) }
      let sentence = "\(encoding), not UTF-8; convert it with: iconv -f \(encoding) -t UTF-8"
      #expect(error?.description.hasSuffix(sentence) == true, "\(String(describing: error))")
    }
    #expect(try lines(of: [0, 0x0A, 0x61, 0x0A]).count == 2, "zeros alone are no UTF-16")
    let error = #expect(throws: DataError.self) { try lines(of: [0x1F, 0x8B, 0x08, 0x00]) }
    #expect(error?.description.hasSuffix("is compressed; unpack it with: gunzip --keep") == true)
  }

  @Test("A file that is missing and a folder are told apart from bad data")
  func missing() throws {
    let folder = try TemporaryFolder()
    let missing = #expect(throws: DataError.self) {
      try LineReader(contentsOf: folder.path + "/none.txt")
    }
    #expect(missing?.isMissingInput == true)
    #expect(
      missing?.description == "cannot open \(folder.path)/none.txt: No such file or directory")
    let isFolder = #expect(throws: DataError.self) {
      try LineReader(contentsOf: folder.path).next()
    }
    #expect(isFolder?.isMissingInput == false)
    #expect(isFolder?.description == "cannot read \(folder.path): Is a directory")
  }

  @Test("A line from a pipe is handed over before the pipe ends")
  func pipe() throws {
    let pipe = Pipe()
    let output = pipe.fileHandleForWriting
    let reader = LineReader(
      descriptor: pipe.fileHandleForReading.fileDescriptor, name: "standard input")
    try output.write(contentsOf: Data("one\n".utf8))
    #expect(try reader.next()?.text.get() == "one")
    try output.write(contentsOf: Data("tw".utf8))
    try output.write(contentsOf: Data("o\r".utf8))
    try output.write(contentsOf: Data("\nthree\nfo".utf8))
    #expect(try reader.next()?.text.get() == "two")
    #expect(reader.hasWaitingLine)
    #expect(try reader.next()?.text.get() == "three")
    #expect(!reader.hasWaitingLine)
    try output.close()
    #expect(try reader.next()?.text.get() == "fo")
    #expect(try reader.next() == nil)
    #expect(reader.lineCount == 4)
  }

  @Test("A novel with byte order mark and CR LF reads clean", .enabled(if: SharedData.isPresent))
  func novel() throws {
    let reader = try LineReader(contentsOf: SharedData.folder + "/tokenizer_text/botchan_en.txt")
    var count = 0
    while let line = try reader.next() {
      let text = try line.text.get()
      #expect(!text.contains("\r") && !text.hasPrefix("\u{FEFF}"))
      count += 1
    }
    #expect(count == 4288)
  }
}
