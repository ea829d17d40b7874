import Foundation
import RondoTensor
import RondoTestSupport
import Testing

@testable import RondoCheckpoints

@Suite struct RunFolderTests {
  private let description = RunDescription(recipe: "copy", threadCount: 2)

  @Test("Runs of a recipe are numbered, and none is overwritten")
  func numbers() throws {
    let folder = try TestFolder()
    let runs = "\(folder.path)/runs"
    let files = ["recipe.json": Array("{}".utf8)]
    let first = try RunFolder.create(description, in: runs, files: files)
    #expect(first.path == "\(runs)/copy-1")
    #expect(try first.read("recipe.json") == Array("{}".utf8))
    try FileManager.default.createDirectory(
      atPath: "\(runs)/copy-7", withIntermediateDirectories: true)
    #expect(try RunFolder.create(description, in: runs).path == "\(runs)/copy-8")
    #expect(try folder.names(in: "runs") == ["copy-1", "copy-7", "copy-8"])

    let error = #expect(throws: CheckpointError.self) {
      try RunFolder.create(description, at: first.path, files: ["recipe.json": []])
    }
    #expect(error == .runExists(folder: first.path))
    #expect(try first.read("recipe.json") == Array("{}".utf8))
  }

  @Test("Missing folders are made, and one that cannot be made is named with the reason")
  func parents() throws {
    let folder = try TestFolder()
    _ = try RunFolder.create(description, at: "\(folder.path)/a/b/run///")
    #expect(try folder.names() == ["a"] && folder.names(in: "a/b") == ["run"])
    try folder.write("".utf8, to: "file")
    for path in ["\(folder.path)/file/run", "\(folder.path)/file/a/run"] {
      let error = #expect(throws: CheckpointError.self) {
        try RunFolder.create(description, at: path)
      }
      #expect(error?.description.hasPrefix("cannot write \(folder.path)/file") == true)
      #expect(error?.description.contains(": Not a directory; ") == true)
    }
  }

  @Test("A run names its format, its versions, its threads, its device and its data")
  func manifest() throws {
    let folder = try TestFolder()
    try folder.write("abc".utf8, to: "train.txt")
    let data = try DataFile(hashing: "\(folder.path)/train.txt")
    #expect(data.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(data.byteCount == 3)
    let path = "\(folder.path)/run"
    _ = try RunFolder.create(
      RunDescription(recipe: "copy", threadCount: 2, device: .cuda(1), data: [data]), at: path)
    let run = try RunFolder(readingAt: path)
    #expect(run.description.recipe == "copy")
    #expect(run.description.threadCount == 2)
    #expect(run.description.device == .cuda(1))
    #expect(run.description.rondo == rondoVersion)
    #expect(run.description.libTorch == libTorchVersion)
    #expect(run.description.data == [data])

    try run.checkData()
    try folder.write("abd".utf8, to: "train.txt")
    let changed = #expect(throws: CheckpointError.self) { try run.checkData() }
    #expect(changed == .changedData(file: data.path))
    try FileManager.default.removeItem(atPath: data.path)
    let missing = #expect(throws: CheckpointError.self) { try run.checkData() }
    #expect(missing?.description == "cannot read \(data.path): No such file or directory")

    // What can be read once only would be empty after its digest was made.
    #expect(mkfifo(data.path, 0o600) == 0)
    let pipe = #expect(throws: CheckpointError.self) { try DataFile(hashing: data.path) }
    #expect(pipe?.description.hasPrefix("cannot read \(data.path): it is a pipe") == true)
  }

  @Test("A second writer is refused while the first one lives, and readers are not")
  func lock() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/run"
    var first: RunFolder? = try RunFolder.create(description, at: path)
    let error = #expect(throws: CheckpointError.self) { try RunFolder(resumingAt: path) }
    #expect(error == .runInUse(folder: path))
    #expect(try RunFolder(readingAt: path).description == description)
    withExtendedLifetime(first) {}
    first = nil
    _ = try RunFolder(resumingAt: path)
  }

  @Test("Another process is refused too, until the first one lets go")
  func lockBetweenProcesses() async throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/run"
    var first: RunFolder? = try RunFolder.create(description, at: path)
    let refused = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [path = path as String] in
      do { _ = try RunFolder(resumingAt: path) } catch { fatalError("\(error)") }
    }
    #expect(message(of: refused).contains("another process writes to \(path)"))
    withExtendedLifetime(first) {}
    first = nil
    await #expect(processExitsWith: .success) { [path = path as String] in
      _ = try RunFolder(resumingAt: path)
    }
  }

  @Test("A run of a newer format is refused, and so is a folder that is no run")
  func refused() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/run"
    _ = try RunFolder.create(description, at: path)
    let json = String(decoding: try folder.bytes("run/run.json"), as: UTF8.self)
    try folder.write(
      json.replacing("\"format\" : 1", with: "\"format\" : 2, \"more\" : {}").utf8,
      to: "run/run.json")
    let newer = #expect(throws: CheckpointError.self) { try RunFolder(readingAt: path) }
    #expect(
      newer?.description
        == "\(path) has format 2 and this Rondo knows formats up to 1; use a newer Rondo")
    for other in [folder.path, "\(folder.path)/nowhere"] {
      let error = #expect(throws: CheckpointError.self) { try RunFolder(resumingAt: other) }
      #expect(error == .noRun(folder: other))
    }
  }

  @Test("A run that names no device, or none that there is, is refused", arguments: [nil, "gpu"])
  func device(name: String?) throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/run"
    _ = try RunFolder.create(description, at: path)
    let json = String(decoding: try folder.bytes("run/run.json"), as: UTF8.self)
    let field = name.map { "\"device\" : \"\($0)\"," } ?? ""
    try folder.write(
      json.replacing("\"device\" : \"cpu\",", with: field).utf8, to: "run/run.json")
    let error = #expect(throws: CheckpointError.self) { try RunFolder(readingAt: path) }
    let problem = name == nil ? "is missing" : "has a value that is not allowed"
    #expect(
      error?.description
        == "\(path)/run.json is damaged: the field 'device' \(problem); "
        + "put a good copy in its place")
  }

  @Test("The best, the last and the one before are kept, and the best is used")
  func kept() throws {
    let folder = try TestFolder()
    let run = try RunFolder.create(description, at: "\(folder.path)/run")
    #expect(throws: CheckpointError.noCheckpoint(folder: run.path)) { try run.model() }
    #expect(throws: CheckpointError.noCheckpoint(folder: run.path)) { try run.lastState() }
    for step in 1...9 {
      try run.save(state(step), isBest: step == 3)
      #expect(try isWhole(run.lastState()))
      #expect(try run.lastState().step == step)
      let used = try run.model().tensors["weight"]?.scalars.first
      #expect(used == (step < 3 ? Float(step) : 3))
    }
    #expect(try folder.names(in: "run/checkpoints") == ["step-3", "step-8", "step-9"])
    try run.save(state(10), isBest: true)
    #expect(try folder.names(in: "run/checkpoints") == ["step-10", "step-9"])
    #expect(try run.bestState(among: []) == SavedStateName(step: 10))
  }

  @Test("A step can be saved twice, and the later state counts")
  func again() throws {
    let folder = try TestFolder()
    let run = try RunFolder.create(description, at: "\(folder.path)/run")
    try run.save(state(5))
    var second = try state(5)
    second = try TrainingState(
      step: 5, model: second.model, optimizer: second.optimizer, progress: Place(epoch: 99, loss: 0)
    )
    try run.save(second, isBest: true)
    #expect(try run.lastState().progress(as: Place.self).epoch == 99)
    #expect(try folder.names(in: "run/checkpoints") == ["step-5", "step-5-1"])
    #expect(try run.bestState(among: []) == SavedStateName(step: 5, revision: 1))
  }

  @Test("Metrics that came after the last checkpoint are cut off on resuming")
  func metrics() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/run"
    try RunFolder.create(description, at: path).append(StepLine(step: 1))
    try unsaved(path)
    try interrupted(path)

    let run = try RunFolder(resumingAt: path)
    #expect(try run.metrics(as: StepLine.self).map(\.step) == [1, 2, 3, 4, 5])
    let resumed = try #require(try run.resume())
    #expect(try isWhole(resumed))
    try run.append(StepLine(step: 6))
    #expect(try run.metrics(as: StepLine.self).map(\.step) == [1, 2, 3, 4, 6])

    try folder.write([], to: "run/metrics.jsonl")
    #expect(throws: CheckpointError.self) { try run.resume() }
  }

  private func unsaved(_ path: String) throws {
    let run = try RunFolder(resumingAt: path)
    #expect(try run.resume() == nil)
    #expect(try run.metrics(as: StepLine.self) == [])
  }

  private func interrupted(_ path: String) throws {
    let run = try RunFolder(resumingAt: path)
    for step in 1...4 { try run.append(StepLine(step: step)) }
    try run.save(state(4))
    try run.append(StepLine(step: 5))
  }

  @Test("A line of another form is named, and one that is being written is not read")
  func otherMetrics() throws {
    let folder = try TestFolder()
    let run = try RunFolder.create(description, at: "\(folder.path)/run")
    let file = "\(run.path)/metrics.jsonl"
    let first = #"{"step":1}"# + "\n"
    for (lines, problem) in [
      ("{}\n", "the field 'step' is missing"),
      (#"{"step":"2"}"# + "\n" + first, "the field 'step' has a value of another kind"),
      ("{\"st\n", "it is not valid JSON"), ("\n", "it is not valid JSON"),
    ] {
      try folder.write((first + lines).utf8, to: "run/metrics.jsonl")
      let error = #expect(throws: CheckpointError.self) { try run.metrics(as: StepLine.self) }
      #expect(
        error?.description
          == "\(file) is damaged: on line 2 \(problem); put a good copy in its place")
    }
    for end in ["{", "{}", #"{"step":2}"#] {
      try folder.write((first + end).utf8, to: "run/metrics.jsonl")
      #expect(try run.metrics(as: StepLine.self) == [StepLine(step: 1)])
    }
  }

  @Test("Random numbers go on where they stood")
  func randomness() throws {
    let folder = try TestFolder()
    let run = try RunFolder.create(description, at: "\(folder.path)/run")
    try run.save(state(1))
    let saved = try run.lastState()
    try saved.restoreRandomness()
    let expected = Tensor(uniform: 0..<1, shape: [4]).scalars
    _ = Tensor(uniform: 0..<1, shape: [100])
    try saved.restoreRandomness()
    #expect(Tensor(uniform: 0..<1, shape: [4]).scalars == expected)

    // Another machine lacks the device where the run began.
    _ = Tensor(uniform: 0..<1, shape: [100])
    try drawing(saved, ["cuda:99": RandomState(bytes: [1])]).restoreRandomness()
    #expect(Tensor(uniform: 0..<1, shape: [4]).scalars == expected)
  }

  @Test("What is no state of a random generator is refused", arguments: ["cpu", "gpu"])
  func strangeRandomness(name: String) throws {
    let folder = try TestFolder()
    let run = try RunFolder.create(description, at: "\(folder.path)/run")
    try run.save(drawing(state(1), [name: RandomState(bytes: [1, 2, 3])]))
    let strange = try run.lastState()
    let error = #expect(throws: CheckpointError.self) { try strange.restoreRandomness() }
    #expect(
      error?.description
        == "\(run.path)/checkpoints/step-1/randomness.safetensors is damaged: '\(name)' is no state "
        + "of a random generator; remove its folder to go on from the one before")
  }

  @Test("Progress of another form is refused with its place") func strangeProgress() throws {
    let folder = try TestFolder()
    let run = try RunFolder.create(description, at: "\(folder.path)/run")
    try run.save(state(1))
    let saved = try run.lastState()
    let error = #expect(throws: CheckpointError.self) { try saved.progress(as: StepLine.self) }
    #expect(
      error?.description
        == "\(run.path)/checkpoints/step-1/progress.json is damaged: the field 'step' is missing; "
        + "remove its folder to go on from the one before")
  }

  /// The state, with more random numbers.
  private func drawing(_ state: TrainingState, _ more: [String: RandomState]) -> TrainingState {
    TrainingState(
      step: state.step, model: state.model, optimizer: state.optimizer,
      randomness: state.randomness.merging(more) { $1 }, progress: state.progress,
      folder: nil)
  }

  @Test("What a killed writer left unfinished is removed when the run goes on")
  func leftovers() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/run"
    try RunFolder.create(description, at: path).save(state(1))
    for name in ["checkpoints/.partial-1-step-2", ".partial-7"] {
      try FileManager.default.createDirectory(
        atPath: "\(path)/\(name)", withIntermediateDirectories: true)
    }
    try folder.write([1], to: "run/.partial-2-report.html")
    #expect(try RunFolder(readingAt: path).lastState().step == 1)
    let again = try RunFolder(resumingAt: path)
    #expect(try folder.names(in: "run/checkpoints") == ["step-1"])
    #expect(try folder.names(in: "run") == ["checkpoints", "lock", "metrics.jsonl", "run.json"])
    #expect(try again.resume()?.step == 1)
  }

  @Test("A run that was copied without its links still has its model")
  func copied() throws {
    let folder = try TestFolder()
    let run = try RunFolder.create(description, at: "\(folder.path)/run")
    try run.save(state(1), isBest: true)
    let model = try folder.bytes("run/checkpoints/step-1/model.safetensors")
    try FileManager.default.removeItem(atPath: run.path(of: "model.safetensors"))
    try FileManager.default.removeItem(atPath: run.path(of: "checkpoints"))
    try folder.write(model, to: "run/model.safetensors")
    #expect(try run.model().tensors["weight"]?.scalars.first == 1)
  }

  @Test("A copy that has the best model itself, and no link, uses it and never forgets it")
  func copiedFollowingLinks() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/run"
    try bestOfThree(path)
    let link = "\(path)/model.safetensors"
    let best = try folder.bytes("run/model.safetensors")
    try FileManager.default.removeItem(atPath: link)
    try folder.write(best, to: "run/model.safetensors")

    let copy = try RunFolder(resumingAt: path)
    #expect(try copy.model().tensors["weight"]?.scalars.first == 1)
    #expect(try copy.resume()?.step == 3)
    for step in 4...6 { try copy.save(state(step)) }
    #expect(try copy.model().tensors["weight"]?.scalars.first == 1)
    #expect(try folder.names(in: "run/checkpoints") == ["step-1", "step-5", "step-6"])

    try folder.write(best.dropLast() + [0xFF], to: "run/model.safetensors")
    let error = #expect(throws: CheckpointError.self) { try copy.model() }
    #expect(
      error?.description == "\(link) is damaged: it is the model of no checkpoint of the run; "
        + "put a good copy in its place")
    try copy.save(state(7), isBest: true)
    #expect(try copy.model().tensors["weight"]?.scalars.first == 7)
    #expect(try folder.names(in: "run/checkpoints") == ["step-6", "step-7"])
  }

  private func bestOfThree(_ path: String) throws {
    let run = try RunFolder.create(description, at: path)
    for step in 1...3 { try run.save(state(step), isBest: step == 1) }
  }

  @Test("What a run keeps is kept once")
  func keptOnce() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let folder = try TestFolder()
      let run = try RunFolder.create(
        RunDescription(recipe: "copy", threadCount: 1), at: "\(folder.path)/run")
      try run.keep(["no"], as: "labels.json")
      try run.keep(["yes"], as: "labels.json")
    }
    #expect(message(of: result).contains("keeps 'labels.json', which does not change"))
  }

  @Test("A run that was opened for reading is not written to")
  func reader() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let folder = try TestFolder()
      let path = "\(folder.path)/run"
      _ = try RunFolder.create(RunDescription(recipe: "copy", threadCount: 1), at: path)
      try RunFolder(readingAt: path).save(state(1))
    }
    #expect(message(of: result).contains("was opened for reading and cannot save"))
  }
}
