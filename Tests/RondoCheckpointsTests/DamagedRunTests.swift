import Foundation
import RondoTestSupport
import Testing

@testable import RondoCheckpoints

@Suite struct DamagedRunTests {
  @Test("Every damage to a file of a run is refused in one sentence, in 64 MB")
  func everyFile() async {
    await #expect(processExitsWith: .success) {
      let run = try SmallRun()
      limitMemory(to: 64 << 20)
      var harmless: [String] = []
      var count = 0
      for file in try run.files() {
        let whole = try run.folder.bytes(file)
        let ways = damages(of: whole)
        // Optimized, all of them; otherwise a few hundred from all over the file.
        for index in stride(from: 0, to: ways.count, by: isOptimized ? 1 : ways.count / 30 + 1) {
          count += 1
          try run.folder.write(ways[index].apply(to: whole), to: file)
          if try run.isReadable() { harmless.append("\(file): \(ways[index])") }
        }
        try run.folder.write(whole, to: file)
        #expect(try run.isReadable(), "the whole \(file)")
      }
      // The last byte of JSON is the end of its last line.
      let spaces = ["run.json", "checkpoints/step-7/checkpoint.json"].map { name in
        "\(run.name)/\(name)"
      }
      for harm in harmless {
        #expect(spaces.contains { harm.hasPrefix($0) } && harm.hasSuffix("last byte cut off"))
      }
      #expect(count > (isOptimized ? 5_000 : 200))
      print("\(count) damaged runs, \(harmless.count) harmless")
    }
  }

  @Test("Numbers beyond all measure are refused, also under a seal that fits them")
  func extremes() async {
    await #expect(processExitsWith: .success) {
      let run = try SmallRun()
      limitMemory(to: 64 << 20)
      for file in try run.files() where file.hasSuffix(".json") {
        let whole = String(decoding: try run.folder.bytes(file), as: UTF8.self)
        for place in whole.matches(of: /: ([0-9]+)/).map(\.output.1) {
          for value in extremeNumbers {
            let damaged = whole.replacingCharacters(
              in: place.startIndex..<place.endIndex, with: value)
            try run.folder.write(damaged.utf8, to: file)
            #expect(try !run.isReadable(), "\(file): \(place) became \(value)")
            // A writer that sealed nonsense must not end the reader either.
            try run.folder.write(resealed(damaged).utf8, to: file)
            _ = try run.isReadable()
          }
        }
        try run.folder.write(whole.utf8, to: file)
        try run.folder.write(resealed(whole).utf8, to: file)
        #expect(try run.isReadable(), "\(file) under a seal made here")
      }
    }
  }

  @Test("The page and the lock may be damaged, and a damaged link is refused in one sentence")
  func helpers() async {
    await #expect(processExitsWith: .success) {
      let run = try SmallRun()
      limitMemory(to: 64 << 20)
      let hostile: [[UInt8]] = [[], [0], Array("{".utf8), Array(repeating: 0xFF, count: 5_000)]
      for name in ["report.html", "lock"] {
        for bytes in hostile {
          try run.folder.write(bytes, to: "\(run.name)/\(name)")
          #expect(try run.isReadable(), "\(bytes.count) bytes in \(name)")
        }
        try run.replace(name, by: .nothing)
        #expect(try run.isReadable(), "no \(name)")
      }
      try run.replace("lock", by: .folder)
      #expect(try !run.isReadable(), "a folder in place of the lock")
      try run.replace("lock", by: .nothing)

      let link = "model.safetensors"
      let model = try run.folder.bytes("\(run.name)/\(link)")
      try run.replace(link, by: .nothing)
      #expect(try run.isReadable(), "the last model serves while none is called the best")
      for target in [
        "/", "nowhere", link, "checkpoints", "checkpoints/step-8/\(link)", "run.json",
        "checkpoints/step-+7/\(link)", "checkpoints/../\(link)", "/dev/null",
      ] {
        try run.replace(link, by: .link(target))
        #expect(try !run.isReadable(), "a link to \(target)")
      }
      try run.replace(link, by: .folder)
      #expect(try !run.isReadable(), "a folder in place of the link")
      try run.replace(link, by: .nothing)
      for damage in damages(of: model).enumerated().filter({ $0.offset % 7 == 0 }).map(\.element) {
        try run.folder.write(damage.apply(to: model), to: "\(run.name)/\(link)")
        #expect(try !run.isReadable(), "\(link): \(damage)")
      }
      try run.folder.write(model, to: "\(run.name)/\(link)")
      #expect(try run.isReadable(), "the model in place of the link")
    }
  }

  @Test("A recipe that was edited by hand is refused in one sentence")
  func edited() throws {
    let run = try SmallRun()
    try run.folder.write(#"{"hiddenSize": 9}"#.utf8, to: "\(run.name)/recipe.json")
    let folder = try RunFolder(readingAt: run.path)
    let error = #expect(throws: CheckpointError.self) { try folder.read("recipe.json") }
    #expect(
      error?.description
        == "\(run.path)/recipe.json was changed after the run began (its SHA-256 differs); put it "
        + "back as it was, or begin a new run with other settings")
  }
}

/// A finished run of two parameters.
private struct SmallRun {
  let folder: TestFolder
  let name = "run"
  var path: String { "\(folder.path)/\(name)" }

  private static let recipe = Array("{\"hiddenSize\": 8, \"seed\": 7}\n".utf8)
  private static let labels = ["no", "yes"]

  init() throws {
    folder = try TestFolder()
    let run = try RunFolder.create(
      RunDescription(recipe: "copy", threadCount: 1), at: path,
      files: ["recipe.json": Self.recipe])
    try run.keep(Self.labels, as: "labels.json")
    try run.append(StepLine(step: 1))
    try run.save(state(7, size: 2), isBest: true)
    try run.write(Array("<!doctype html>".utf8), to: "report.html")
  }

  /// What stands in the place of a file.
  enum Stranger {
    case nothing
    case folder
    case link(String)
  }

  func replace(_ name: String, by stranger: Stranger) throws {
    let file = "\(path)/\(name)"
    try? FileManager.default.removeItem(atPath: file)
    switch stranger {
    case .nothing: break
    case .folder:
      try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
    case .link(let target):
      try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: target)
    }
  }

  /// The files that can be damaged.
  func files() throws -> [String] {
    try ["run.json", "recipe.json", "labels.json", "metrics.jsonl"].map { "\(name)/\($0)" }
      + folder.names(in: "\(name)/checkpoints/step-7").map { "\(name)/checkpoints/step-7/\($0)" }
  }

  /// Whether the run can be resumed; if it can, nothing may have changed.
  func isReadable() throws -> Bool {
    do {
      let run = try RunFolder(resumingAt: path)
      let (recipe, labels) = (
        try run.read("recipe.json"), try run.read([String].self, from: "labels.json")
      )
      guard let resumed = try run.resume() else { return false }
      let model = try run.model()
      #expect(recipe == Self.recipe && labels == Self.labels)
      #expect(try isWhole(resumed) && resumed.step == 7)
      #expect(model.tensors["weight"]?.scalars == [7, 7])
      #expect(run.description.recipe == "copy" && run.description.threadCount == 1)
      #expect(try run.metrics(as: StepLine.self) == [StepLine(step: 1)])
      return true
    } catch let error as CheckpointError {
      #expect(!error.description.contains("\n") && error.description.count < 1_000)
      return false
    }
  }
}

/// A way to damage a file.
private enum Damage: CustomStringConvertible {
  case bit(Int)
  case end(Int, of: Int)

  var description: String {
    switch self {
    case .bit(let bit): "bit \(bit) turned"
    case .end(let kept, let count): kept == count - 1 ? "last byte cut off" : "\(kept) bytes kept"
    }
  }

  func apply(to whole: [UInt8]) -> [UInt8] {
    switch self {
    case .bit(let bit):
      var bytes = whole
      bytes[bit / 8] ^= 1 << (bit % 8)
      return bytes
    case .end(let kept, _): return Array(whole[..<kept])
    }
  }
}

/// Every truncation and every single bit; of what follows the first kilobyte, which is tensors and
/// never text, every 29th.
private func damages(of whole: [UInt8]) -> [Damage] {
  func thinned(_ count: Int, perByte: Int) -> [Int] {
    (0..<count).filter { $0 < 1_024 * perByte || $0 % 29 == 0 }
  }
  return thinned(whole.count, perByte: 1).map { .end($0, of: whole.count) }
    + thinned(8 * whole.count, perByte: 8).map { .bit($0) }
}

private let extremeNumbers = [
  "-1", "4294967296", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
  "18446744073709551616", "1e300", "00", "0.5", "\"0\"", "null", "[]",
  String(repeating: "9", count: 1_000),
]

/// The text with the digest that belongs to its other fields, when it has one.
private func resealed(_ text: String) -> String {
  guard let seal = text.firstMatch(of: /"sha256" : "([0-9a-f]{64})",?/) else { return text }
  let rest = text.replacing(seal.output.0, with: "").filter { !$0.isWhitespace } + "\n"
  return text.replacing(seal.output.1, with: SHA256.hexadecimal(of: Array(rest.utf8)))
}
