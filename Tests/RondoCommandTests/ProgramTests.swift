import Foundation
import RondoCheckpoints
import RondoTestSupport
import Testing

/// Runs the program as a person does.
@Suite(.serialized) struct ProgramTests {
  private let rondo: RunningProgram
  private let folder: String

  init() throws {
    rondo = try RunningProgram()
    folder = rondo.folder
  }

  @Test("A run is trained, judged and used from the command line") func journey() throws {
    let run = try rondo.trained()
    #expect(FileManager.default.fileExists(atPath: "\(run)/report.html"))

    let answers = try rondo("predict", run, input: "one\n\ntwo hundred\n")
    #expect(answers.code == 0)
    let lines = answers.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4 && lines[1].isEmpty && lines[3].isEmpty)

    let best = try rondo("predict", run, "--beam", "2", "--best", "3", input: "one\n\n")
    #expect(best.output.count { $0 == "\n" } == 6, "three for each line")

    let json = try rondo(
      "predict", run, "--json", "--beam", "2", "--best", "2", "--max-length", "3",
      input: "one\none hundred six\n")
    let object =
      try JSONSerialization.jsonObject(with: Data(json.lines[0].utf8)) as? [String: Any]
    #expect(object?["input"] as? String == "one")
    #expect((object?["alternatives"] as? [Any])?.count == 1)
    #expect(object?["isFinished"] as? Bool == false)
    #expect((object?["outputTokens"] as? [Any])?.count == 3)
    #expect((object?["attention"] as? [[Double]])?.map(\.count) == [1, 1, 1])
    #expect(json.errors.contains("2 of 2 answers were cut before they ended, the first, to 'one…'"))

    let judged = try rondo("evaluate", run, "--json")
    #expect(judged.code == 0 && judged.output.contains("\"exact\""))

    let again = try rondo("train", "number-words", "--run", run)
    #expect(again.code == 1 && again.errors.contains("is not overwritten"))
  }

  @Test(
    "A full disk gets one sentence and the code 74",
    .enabled(if: SmallDisk.isPossible, "a small disk can only be mounted by root on Linux"))
  func fullDisk() throws {
    let path = "\(folder)/disk"
    let disk = try #require(SmallDisk(at: path))
    let outcome = try rondo.run(
      ["train", "number-words", "--run", "\(path)/run"] + RunningProgram.tinySettings)
    withExtendedLifetime(disk) {}
    #expect(outcome.code == 74)
    let last = outcome.errors.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix("rondo: cannot write \(path)/run/"))
    #expect(last.contains("No space left on device"))
  }

  @Test(
    "Output that cannot be written gets one sentence and the code 74",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no full device"))
  func fullOutput() throws {
    let program = RunningProgram.program.absoluteURL.path
    let outcome = try rondo.shell("\(program) recipes >/dev/full")
    #expect(outcome.code == 74)
    #expect(
      outcome.errors
        == "rondo: cannot write to standard output: No space left on device\n")
  }

  @Test("An answer that holds line breaks is one line, and stays as it is in JSON")
  func lineBreaks() throws {
    let pairs = String(repeating: #"{"s": "a b", "t": "c\nd"}"# + "\n", count: 20)
    try pairs.write(toFile: "\(folder)/pairs.jsonl", atomically: false, encoding: .utf8)
    let settings = [
      "targetTokenizer=characters", "minimumCount=1", "hiddenSize=16", "embeddingSize=8",
      "epochCount=20", "learningRate=0.05", "dropout=0", "labelSmoothing=0", "batchTokens=40",
    ]
    let trained = try rondo.run(
      [
        "train", "translation", "--train", "pairs.jsonl", "--source-field", "s",
        "--target-field", "t", "--run", "run",
      ] + settings.flatMap { ["--set", $0] })
    #expect(trained.code == 0, "\(trained.errors)")
    #expect(try rondo("predict", "run", input: "a b\na b\n").output == "c d\nc d\n")
    #expect(
      try rondo("predict", "run", "--json", input: "a b\n").output
        .contains(#""output":"c\nd""#))
  }

  @Test(
    "Messages that cannot be written stop no training, and never end in its files",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no full device"),
    arguments: ["2>/dev/full", "2>&-", "1>&- 2>&-", "<&- 1>&- 2>&-"])
  func mutedErrors(streams: String) throws {
    let settings = RunningProgram.tinySettings.joined(separator: " ")
    let program = RunningProgram.program.absoluteURL.path
    let outcome = try rondo.shell(
      "\(program) train number-words --run run \(settings) \(streams)")
    #expect(outcome.code == 0)
    let run = "\(folder)/run"
    #expect(try Data(contentsOf: URL(filePath: "\(run)/lock")).isEmpty)
    let metrics = try String(contentsOfFile: "\(run)/metrics.jsonl", encoding: .utf8)
    #expect(metrics.split(separator: "\n").allSatisfy { $0.hasPrefix("{") })
    #expect(try rondo("evaluate", run).code == 0)
  }

  @Test("A line on a pipe that never ends is answered at once") func endlessPipe() throws {
    let run = try rondo.trained()
    try rondo.expectAnswersAtOnce(["predict", run], to: ["one\n", "two\n"])
  }

  @Test(
    "Ctrl-C saves and ends with 130, SIGTERM with 143, and the run goes on to its end",
    arguments: [false, true])
  func interrupted(isTerminated: Bool) throws {
    let stop = try rondo.interrupt(
      ["train", "number-words", "--run", "stopped"] + RunningProgram.tinySettings
        + ["--set", "stepCount=2000", "--set", "validationInterval=2000"],
      after: "step 25/", isTerminated: isTerminated)
    #expect(stop.code == (isTerminated ? 143 : 130) && stop.errors.contains("everything is saved"))
    let folder = try RunFolder(readingAt: "\(folder)/stopped")
    let stopped = try folder.lastState().step
    #expect((25..<2000).contains(stopped))

    let resumed = try rondo("resume", folder.path)
    #expect(resumed.code == 0 && resumed.errors.contains("going on after step \(stopped)"))
    #expect(try folder.lastState().step == 2000)
  }

  @Test("A run goes on where it began, and elsewhere only when it is told to") func device() throws
  {
    let run = try rondo.trained()
    let resumed = try rondo("resume", run)
    #expect(resumed.code == 0 && !resumed.errors.contains("the run began on"))

    let recipe = try Array(Data(contentsOf: URL(filePath: "\(run)/recipe.json")))
    let description = RunDescription(recipe: "number-words", threadCount: 1, device: .cuda(99))
    _ = try RunFolder.create(
      description, at: "\(folder)/far", files: ["recipe.json": recipe])
    let refused = try rondo("resume", "far")
    #expect(refused.code == 1 && refused.output.isEmpty)
    #expect(refused.errors.hasPrefix("rondo: this machine offers no device cuda:99 to LibTorch"))
    #expect(refused.errors.hasSuffix("; use --device cpu\n"))
    let moved = try rondo("resume", "far", "--device", "cpu")
    #expect(moved.code == 0)
    let notice =
      "the run began on cuda:99 and continues on cpu, so it will not end in the bytes of an "
      + "uninterrupted one"
    #expect(moved.errors.split(separator: "\n").count { $0 == notice } == 1, "\(moved.errors)")
  }

  @Test("Ctrl-C that ends the reader of the messages too still saves and ends with 130")
  func interruptedPipe() throws {
    let stop = try rondo.interrupt(
      ["train", "number-words", "--run", "piped"] + RunningProgram.tinySettings
        + ["--set", "stepCount=20000", "--set", "validationInterval=20000"],
      after: "step 25/", isReaderLost: true)
    #expect(stop.code == 130)
    #expect(try RunFolder(readingAt: "\(folder)/piped").lastState().step >= 25)
  }

  @Test(
    "Stopped by Ctrl-C and resumed elsewhere, a run on two threads ends in the same bytes",
    .enabled(if: isOptimized, "so large a model is trained in release only"))
  func resumed() throws {
    // Large enough for LibTorch and for every kernel to wake the second thread.
    let sizes = [
      "hiddenSize=128", "embeddingSize=64", "batchSize=40", "exampleCount=200", "stepCount=50",
      "validationInterval=50", "heldOutCount=10", "maximum=1000",
    ]
    func train(_ run: String) -> [String] {
      ["train", "number-words", "--run", run, "--threads", "2"] + sizes.flatMap { ["--set", $0] }
    }
    func model(of run: String) throws -> Data {
      let state = "\(folder)/\(run)/checkpoints/step-50"
      return try Data(contentsOf: URL(filePath: "\(state)/model.safetensors"))
    }
    #expect(try rondo.run(train("whole")).code == 0)
    #expect(try rondo.interrupt(train("stopped"), after: "step 25/").code == 130)
    #expect(try RunFolder(readingAt: "\(folder)/stopped").lastState().step < 50)
    // As on a machine where LibTorch takes one thread unless it is told another number.
    let resumed = try rondo.run(["resume", "stopped"], environment: ["OMP_NUM_THREADS": "1"])
    #expect(resumed.code == 0, "\(resumed.errors)")
    #expect(try model(of: "stopped") == model(of: "whole"))
  }

  @Test(
    "The demo learns, draws where it looks, and ends with commands that work",
    .enabled(if: isOptimized, "a thousand steps are trained in release only"))
  func demo() throws {
    let demo = try rondo("demo")
    #expect(demo.code == 0, "\(demo.errors)")
    let text = demo.output
    let exact = text.firstMatch(of: #/exact match on 1000 held-out numbers: ([0-9.]+) %/#)
    #expect(try #require(exact.flatMap { Double($0.1) }) >= 99)
    let pointing = text.firstMatch(of: #/points at the right word: ([0-9.]+) %/#)
    #expect(try #require(pointing.flatMap { Double($0.1) }) > 50)

    #expect(text.contains("three hundred twenty-one → dreihunderteinundzwanzig\n"))
    #expect(
      text.contains(
        "ninety-eight thousand seven hundred sixty-five → "
          + "achtundneunzigtausendsiebenhundertfünfundsechzig\n"))
    #expect(text.contains("→ Source (English)   ↓ Target (German)\n"))
    // A row of shades for each letter, the first on top.
    let rows = demo.lines.compactMap { $0.firstMatch(of: #/^([a-zäöüß]) [·░▒▓█]{3}/#)?.1 }
    #expect(rows.joined() == "dreihunderteinundzwanzig")

    let report = try #require(text.firstMatch(of: #/pictures: (.*)\n/#)?.1)
    let page = try String(contentsOfFile: "\(folder)/\(report)", encoding: .utf8)
    #expect(page.contains("<title>Loss</title>") && page.contains("<desc>Heat map of "))

    let commands = demo.lines.suffix(3).map { $0.trimmingCharacters(in: .whitespaces) }
    let program = RunningProgram.program.path
    #expect(commands[0].contains("| \(program) predict ") && commands[0].hasPrefix("echo "))
    #expect(commands[1].hasPrefix("\(program) evaluate ") && commands[1].hasSuffix(" --beam 5"))
    #expect(commands[2] == "\(program) train number-words --set attention=none")
    #expect(try rondo.shell(commands[0]).output == "zwölftausenddreihundertvier\n")
  }

  @Test(
    "A loss that runs away ends with 3, names the step, and leaves what was good",
    arguments: ["1e38", "1e39"])
  func diverged(learningRate: String) throws {
    let outcome = try rondo.run(
      ["train", "number-words", "--run", "wild"] + RunningProgram.tinySettings + [
        "--set", "learningRate=linear(from: 0.001, to: \(learningRate), over: 2)", "--set",
        "stepCount=50",
        "--set",
        "validationInterval=1",
      ])
    #expect(outcome.code == 3)
    let last = outcome.errors.split(separator: "\n").last ?? ""
    let step = try #require(last.firstMatch(of: #/^rondo: .* step ([0-9]+)/#).flatMap { Int($0.1) })
    let kept = try RunFolder(readingAt: "\(folder)/wild").lastState()
    #expect((1...step).contains(kept.step), "step \(kept.step) is kept, \(step) was the last one")
    #expect(kept.model.tensors.count > 1)
    for (name, tensor) in kept.model.tensors.merging(
      kept.optimizer.tensors, uniquingKeysWith: { $1 })
    {
      let isFinite = tensor.scalars.allSatisfy { $0.isFinite }
      #expect(isFinite, "\(name)")
    }
  }

  @Test("Settings are compared from the command line") func compare() throws {
    let arguments =
      ["compare", "symbols", "--vary", "attention=none,luongDot", "--folder", "compared"]
      + [
        "stepCount=4", "validationInterval=2", "exampleCount=20", "heldOutCount=10",
        "hiddenSize=4", "embeddingSize=4", "longest=5",
      ].flatMap { ["--set", $0] }
    let first = try rondo.run(arguments)
    #expect(first.code == 0, "\(first.errors)")
    #expect(first.lines.count == 3 && first.lines[0].hasPrefix("attention"))
    #expect(FileManager.default.fileExists(atPath: "\(folder)/compared/report.html"))
    // What is done is not trained again.
    let again = try rondo.run(arguments + ["--json"])
    #expect(again.code == 0 && !again.errors.contains("step 4"))
    #expect(again.output.contains("\"trainingSeconds\""))
    let other = try rondo.run(arguments + ["--seeds", "1,2"])
    #expect(other.code == 65 && other.errors.contains("holds another comparison"))
  }

  @Test("Schedules are drawn with their values") func schedule() throws {
    let drawn = try rondo("schedule", "--report", "schedules.html")
    #expect(drawn.code == 0 && drawn.output.contains("inverse sigmoid"))
    #expect(drawn.output.contains("epoch 99") && drawn.output.contains("0.8536"))
    let page = try String(contentsOfFile: "\(folder)/schedules.html", encoding: .utf8)
    #expect(page.contains("<svg"))
    let again = try rondo("schedule", "constant(0.5)", "--report", "schedules.html")
    #expect(again.code == 1 && again.output.isEmpty)
    #expect(again.errors.contains("schedules.html exists and is not overwritten"))
    let told = try rondo("schedule", "constant(0.5)", "--report", "schedules.html", "--replace")
    #expect(told.code == 0, "\(told.errors)")
    let newPage = try String(contentsOfFile: "\(folder)/schedules.html", encoding: .utf8)
    #expect(newPage.contains("constant(0.5)") && !newPage.contains("inverse sigmoid"))
  }

  @Test(
    "A picture on a terminal has colours unless somebody asks for none",
    .enabled(if: RunningProgram.hasTerminal, "no tool makes a terminal here"))
  func colors() throws {
    let colored = try rondo.onTerminal("schedule", "COLORTERM=truecolor")
    #expect(colored.contains("\u{1B}[38;2;"), "\(colored.debugDescription)")
    let plain = try rondo.onTerminal("schedule", "NO_COLOR=1")
    #expect(plain.contains("inverse sigmoid") && !plain.contains("\u{1B}["))
  }

  @Test("The recipes and the machine are listed on standard output") func lists() throws {
    let recipes = try rondo("recipes")
    #expect(recipes.output.contains("number-words") && recipes.errors.isEmpty)
    let settings = try rondo("recipes", "translation")
    #expect(settings.output.contains("hiddenSize") && settings.output.contains("batchTokens"))
    let doctor = try rondo("doctor", "--json")
    let object = try JSONSerialization.jsonObject(with: Data(doctor.output.utf8)) as? [String: Any]
    #expect((object?["libTorch"] as? String)?.hasPrefix("2.13") == true)
    #expect((object?["productGigaflops"] as? Double ?? 0) > 0)
  }
}
