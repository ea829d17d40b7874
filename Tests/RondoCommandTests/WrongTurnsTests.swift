import Foundation
import RondoCheckpoints
import RondoTestSupport
import Testing

/// Runs the program as a person does who is mistaken.
@Suite(.serialized) struct WrongTurnsTests {
  private let rondo: RunningProgram
  private let folder: String

  init() throws {
    rondo = try RunningProgram()
    folder = rondo.folder
  }

  @Test("Wrong turns get one sentence and their exit code") func wrongTurns() throws {
    let run = try rondo.trained()
    try Data([0x66, 0xFC, 0x72, 0x0A, 0xE4, 0x0A]).write(to: URL(filePath: "\(folder)/latin.txt"))
    try rondo.write("a\nb\n", to: "two.txt")
    try rondo.write("a\tb\nc\td\n", to: "table.tsv")
    try rondo.write("a\n", to: "one.txt")
    try rondo.write("{}\n", to: "a.jsonl")
    try rondo.write("a b\nb c\n", to: "words.txt")
    let parallel = ["--train", "words.txt", "words.txt", "--validation", "two.txt", "two.txt"]
    let cases: [(arguments: [String], code: Int32, says: String)] = [
      (["train", "translaton"], 64, "did you mean 'translation'?"),
      (["train", "translation", "--set", "hidenSize=3"], 64, "did you mean 'hiddenSize'?"),
      (["train", "translation", "--set", "hiddenSize=x"], 64, "expected a whole number"),
      (["train", "translation", "--train", "missing.de", "missing.en"], 66, "missing.de"),
      (["train", "translation", "--train", "two.txt"], 64, "one file of a pair"),
      (["train", "translation", "--train", "latin.txt", "two.txt"], 65, "latin.txt"),
      (["train", "translation", "--train", "table.tsv", "--target-field", "7"], 65, "column 7"),
      (["train", "translation", "--train", "table.tsv", "--target-field", "en"], 65, "'en'"),
      (["train", "translation", "--train", "table.tsv", "--source-field", "0"], 64, "from 1"),
      (["train", "translation", "--validation", "two.txt", "two.txt"], 64, "with --train"),
      (["train", "translation", "--set", "data.normalization=NFC"], 64, "with --train"),
      (["train", "translation"] + parallel + ["--source-field", "de"], 64, "have no fields"),
      (["train", "translation"] + parallel + ["--set", "maximumLength=1"], 64, "raise maximum"),
      (["train", "translation", "--train", "one.txt", "one.txt"], 64, "name --validation"),
      (["train", "dates", "--source-field", "de"], 64, "makes its own data"),
      (["train", "symbols", "--set", "data.misreadAs=macRoman"], 64, "makes its own data"),
      (["train", "number-words", "--device", "gpu"], 64, "'gpu' names no device"),
      (["train", "number-words", "--device", "cuda:99"], 1, "cuda:99"),
      (["train", "number-words", "--run", "/proc/none/run"], 74, "/proc/none"),
      (["train", "number-words", "--run", ""], 64, "--run names a folder"),
      (["predict", "nowhere"], 66, "nowhere"),
      (["evaluate", folder], 66, "is no run folder"),
      (["evaluate", run, "--data", "table.tsv"], 65, "is a run of number-words"),
      (["evaluate", run, "--source-field", "de"], 64, "name it with --data"),
      (
        ["train", "translation", "--train", "a.jsonl"], 64,
        "--source-field NAME --target-field NAME"
      ),
      (["evaluate", run, "--misread-as", "macRoman"], 64, "name them with --data"),
      (["evaluate", run, "--data", "table.tsv", "--misread-as", "latin"], 64, "--misread-as"),
      (["evaluate", run, "--data", "a.de", "a.en", "--target-field", "en"], 64, "one .tsv"),
      (["evaluate", run, "--length-penalty", "0.6"], 64, "add --beam 5"),
      (["predict", run, "--length-penalty", "0.6", "--beam", "1"], 64, "add --beam 5"),
      (["compare", "symbols", "--vary", "attention"], 64, "name=value,value"),
      (["compare", "symbols", "--vary", "atention=none"], 64, "did you mean 'attention'?"),
      (["compare", "symbols"], 64, "--vary"),
      (["compare", "symbols", "--vary", "cell=gru,rnn", "--seeds", "x"], 64, "--seeds"),
      (["schedule", "cosine"], 64, "is no schedule"),
      (["resume", run, "--unknown"], 64, "--unknown"),
      (["resume", run, "--device", "gpu"], 64, "'gpu' names no device"),
      (["predict", run, "--beam", "0"], 64, "--beam is from 1"),
      (["predict", run, "--max-length", "0"], 64, "--max-length is from 1 to 8192"),
    ]
    for (arguments, code, says) in cases {
      let process = Process()
      process.executableURL = RunningProgram.program
      process.arguments = arguments
      process.currentDirectoryURL = URL(filePath: folder)
      let errors = Pipe()
      process.standardError = errors
      process.standardOutput = FileHandle.nullDevice
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let bytes = try errors.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(process.terminationStatus == code, "\(arguments): \(text)")
      #expect(text.contains(says), "\(arguments): \(text)")
    }
  }

  @Test("A wrong turn leaves nothing, and the corrected command works under the same name")
  func corrected() throws {
    try rondo.write("ein\tone\nzwei\ttwo\ndrei\tthree\n", to: "table.tsv")
    try Data("\u{FC}\n".unicodeScalars.map { UInt8($0.value) })
      .write(to: URL(filePath: "\(folder)/latin.txt"))
    let small = ["epochCount=1", "hiddenSize=8", "embeddingSize=8", "minimumCount=1"]
      .flatMap { ["--set", $0] }
    let name = ["--run", "mine"]
    let wrong = [
      ["--train", "table.tsv", "--target-field", "7"], ["--train", "missing.tsv"],
      ["--train", "latin.txt", "latin.txt"],
      ["--train", "table.tsv", "--validation", "table.tsv", "--set", "sourceTokenizer=table.tsv"],
    ]
    let right = ["--train", "table.tsv", "--validation", "table.tsv"]
    for (arguments, path) in [(name, "mine"), ([], "runs/translation-1")] {
      for turn in wrong {
        let outcome = try rondo.run(["train", "translation"] + arguments + turn)
        #expect(outcome.code == 65 || outcome.code == 66, "\(turn): \(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(path)"), "\(turn)")
      }
      let outcome = try rondo.run(["train", "translation"] + arguments + right + small)
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("run folder: \(path)\n"))
    }
    let compare = ["compare", "translation", "--vary", "cell=gru,rnn", "--folder", "compared"]
    #expect(try rondo.run(compare + wrong[0]).code == 65)
    let compared = try rondo.run(compare + right + small)
    #expect(compared.code == 0, "\(compared.errors)")
  }

  @Test("Data that changed are refused") func changed() throws {
    for (name, text) in [("a.de", "ein\nzwei\ndrei\n"), ("a.en", "one\ntwo\nthree\n")] {
      try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
    }
    let first = try rondo(
      "train", "translation", "--train", "a.de", "a.en", "--validation", "a.de", "a.en", "--run",
      "data", "--set", "epochCount=1", "--set", "hiddenSize=8", "--set", "embeddingSize=8", "--set",
      "minimumCount=1")
    #expect(first.code == 0, "\(first.errors)")
    try "eins\nzwei\ndrei\n".write(
      toFile: "\(folder)/a.de", atomically: false, encoding: .utf8)
    let resumed = try rondo("resume", "data")
    #expect(
      resumed.code == 65 && resumed.errors.contains("is not the file that the run began with"))
    let judged = try rondo("evaluate", "data")
    #expect(judged.code == 65 && judged.errors.contains("is not the file that the run began with"))
  }
}
