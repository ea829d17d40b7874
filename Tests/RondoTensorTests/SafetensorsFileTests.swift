import Foundation
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct SafetensorsFileTests {
  static let golden = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden/safetensors")

  @Test("A file that Python wrote is read, whatever its types and names")
  func everyType() throws {
    let file = try SafetensorsFile(
      contentsOf: Self.golden.appending(path: "every-type.safetensors").path)
    #expect(file.header.metadata == ["made by": "Python\t<é>"])
    let tensors = try file.tensors()
    #expect(tensors.count == 14)
    let weight = try file.tensor(named: "layer.weight")
    #expect(weight.shape == [2, 3])
    #expect(weight.scalars == [0, 0.25, 0.5, 0.75, 1, 1.25])
    #expect(tensors["layer.bias"]?.scalars == [-1.5, 0, 3.25])
    #expect(tensors["double"]?.doubles == [1.0 / 3])
    #expect(tensors["half"]?.type == .float16)
    #expect(tensors["half"]?.scalars == [0.5, -2, 65504])
    #expect(tensors["brain"]?.type == .bfloat16)
    #expect(tensors["brain"]?.scalars == [1, -3])
    #expect(tensors["ids"]?.ids == [0, -1, 1 << 62])
    #expect(tensors["counts"]?.ids == [7, -(1 << 31)])
    #expect(tensors["short"]?.ids == [-300])
    #expect(tensors["small"]?.ids == [-5, 100])
    #expect(tensors["bytes"]?.ids == [0, 128, 255])
    #expect(tensors["truth"]?.truths == [true, false])
    #expect(tensors["truth"]?.shape == [2, 1])
    #expect(tensors["number"]?.shape == [])
    #expect(tensors["number"]?.item == 42)
    #expect(tensors["nothing"]?.shape == [0, 5])
    #expect(tensors["naïve \"quoted\"\\\n\u{1}/"]?.scalars == [2.5])
  }

  @Test("A file that is missing, a folder or of another kind is refused in one sentence")
  func noFile() throws {
    let missing = #expect(throws: SafetensorsError.self) {
      try SafetensorsFile(contentsOf: "/nowhere/model.safetensors")
    }
    #expect(
      missing?.description == "cannot read /nowhere/model.safetensors: No such file or directory")
    let folder = #expect(throws: SafetensorsError.self) {
      try SafetensorsFile(contentsOf: Self.golden.path)
    }
    #expect(folder?.problem == .unreadable("it is no file"))
    let source = #expect(throws: SafetensorsError.self) {
      try SafetensorsFile(contentsOf: #filePath)
    }
    #expect(source?.description.contains("is no safetensors file") == true)
    let file = try SafetensorsFile(
      contentsOf: Self.golden.appending(path: "small.safetensors").path)
    #expect(throws: SafetensorsError(file: file.path, field: "c", problem: .noSuchTensor)) {
      try file.tensor(named: "c")
    }
  }

  @Test("A header may have 16 MiB and not a byte more")
  func limit() throws {
    let scratch = try Scratch()
    let body = Data(repeating: UInt8(ascii: " "), count: 1 << 24 - 2)
    func file(_ length: UInt64) -> Data {
      withUnsafeBytes(of: length.littleEndian) { Data($0) } + Data("{}".utf8) + body + [0x20]
    }
    #expect(
      scratch.problem(reading: file(1 << 24)) == .wrongEnd(expected: 0, found: 1))
    #expect(scratch.problem(reading: file(1 << 24 + 1)) == .longHeader(byteCount: 1 << 24 + 1))
  }

  @Test("Reading accepts the damaged headers that Python accepts, and no other")
  func flips() throws {
    let accepted = try JSONDecoder().decode(
      [Int].self, from: Data(contentsOf: Self.golden.appending(path: "accepted-flips.json")))
    let whole = try Data(contentsOf: Self.golden.appending(path: "small.safetensors"))
    let scratch = try Scratch()
    let ours = (0..<8 * (8 + Int(whole[0]))).filter { bit in
      var damaged = whole
      damaged[bit / 8] ^= 1 << (bit % 8)
      return scratch.problem(reading: damaged) == nil
    }
    #expect(ours == accepted)
  }

  @Test(
    "A damaged file is refused or holds what it says, in 64 MB: every truncation, bit and number")
  func damage() async {
    await #expect(processExitsWith: .success) {
      let whole = try Data(contentsOf: Self.golden.appending(path: "every-type.safetensors"))
      let headerEnd = 8 + Int(whole[0]) + Int(whole[1]) << 8
      let flipped = (0..<8 * headerEnd).map { bit in
        var damaged = whole
        damaged[bit / 8] ^= 1 << (bit % 8)
        return damaged
      }
      let extremes = Self.extremes(of: whole, headerEnd: headerEnd)
      let scratch = try Scratch()
      #expect(scratch.problem(reading: whole) == nil)
      #if os(Linux)
      limitMemory(to: 64 << 20)
      #endif
      var count = 0
      for length in 0..<whole.count {
        count += 1
        #expect(
          scratch.problem(reading: whole.prefix(length)) != nil, "cut off after \(length) bytes")
      }
      #expect(scratch.problem(reading: whole + [0]) != nil)
      // What is left readable is a file of the same bytes under other names.
      for damaged in flipped + extremes {
        count += 1
        if scratch.problem(reading: damaged) == nil { #expect(scratch.isConsistent) }
      }
      #expect(count > 5_000)
    }
  }

  /// The file with each of its numbers replaced by extreme ones, the header's length corrected.
  private static func extremes(of whole: Data, headerEnd: Int) -> [Data] {
    let header = String(decoding: whole[8..<headerEnd], as: UTF8.self)
    let values = [
      "-1", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808",
      "18446744073709551615", "18446744073709551616", "1e9", "00", "0.5", "\"0\"", "null",
      String(repeating: "9", count: 1_000),
    ]
    var result: [Data] = []
    for match in header.matches(of: /[\[,]([0-9]+)(?=[,\]])/) {
      for value in values {
        let damaged = header.replacingCharacters(
          in: match.output.1.startIndex..<match.output.1.endIndex, with: value)
        let length = withUnsafeBytes(of: UInt64(damaged.utf8.count).littleEndian) { Data($0) }
        result.append(length + Data(damaged.utf8) + whole[headerEnd...])
      }
    }
    for length: UInt64 in [0, 1, 7, 1 << 24, 1 << 24 + 1, 1 << 31, 1 << 32, 1 << 63, .max] {
      result.append(withUnsafeBytes(of: length.littleEndian) { Data($0) } + whole[8...])
    }
    return result
  }
}

/// A file that is written and read again many times.
final class Scratch {
  let path = FileManager.default.temporaryDirectory
    .appending(path: "rondo-\(UUID().uuidString).safetensors").path

  init() throws { try Data().write(to: URL(filePath: path)) }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Returns what is wrong with a file of these bytes, having read every tensor.
  func problem(reading bytes: Data) -> SafetensorsError.Problem? {
    do {
      try bytes.write(to: URL(filePath: path))
      _ = try SafetensorsFile(contentsOf: path).tensors()
      return nil
    } catch let error as SafetensorsError {
      #expect(error.description.count < 400 + 2 * path.count, "\(error)")
      return error.problem
    } catch {
      Issue.record("an error of another type: \(error)")
      return nil
    }
  }

  /// Whether the tensors of the file fill it, each with the bytes that its type and shape need.
  var isConsistent: Bool {
    guard let header = try? SafetensorsFile(contentsOf: path).header else { return false }
    var end = 0
    for entry in header.entries {
      let needed = entry.shape.reduce(entry.type.byteCount, *)
      guard entry.bytes == end..<end + needed else { return false }
      end += needed
    }
    return end == header.dataByteCount
  }
}
