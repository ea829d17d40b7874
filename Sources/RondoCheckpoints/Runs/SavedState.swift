import RondoTensor

/// The name of a saved state: the step, and a number that distinguishes states of the same step.
struct SavedStateName: Comparable, CustomStringConvertible {
  let step: Int
  let revision: Int

  init(step: Int, revision: Int = 0) {
    self.step = step
    self.revision = revision
  }

  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard 2...3 ~= parts.count, parts[0] == "step", let step = Int(parts[1]) else { return nil }
    self.init(step: step, revision: parts.count == 3 ? Int(parts[2]) ?? -1 : 0)
    guard description == text else { return nil }
  }

  var description: String { revision == 0 ? "step-\(step)" : "step-\(step)-\(revision)" }

  static func < (left: SavedStateName, right: SavedStateName) -> Bool {
    (left.step, left.revision) < (right.step, right.revision)
  }
}

/// A training state as a folder: tensors, JSON files, and a manifest with the others' digests.
struct SavedState: Codable {
  static let modelName = "model.safetensors"
  static let optimizerName = "optimizer.safetensors"
  static let randomnessName = "randomness.safetensors"
  static let progressName = "progress.json"
  static let manifestName = "checkpoint.json"

  let format: Int
  let step: Int
  /// The length of `metrics.jsonl` when the state was saved.
  let metricsByteCount: Int
  /// The SHA-256 of `metrics.jsonl` up to that length.
  let metricsSHA256: String
  /// The SHA-256 of each file by its name.
  let files: [String: String]
}

// MARK: - Writing

extension SavedState {
  /// Writes a state into a folder.
  static func write(
    _ state: TrainingState, metrics: (byteCount: Int, sha256: String), into folder: String
  ) throws(CheckpointError) {
    let randomness = Checkpoint(
      state.randomness.mapValues { state in
        state.bytes.withUnsafeBytes {
          Tensor(bytes: $0, type: .uint8, shape: [state.bytes.count])
        }
      })
    var files: [String: String] = [:]
    for (name, checkpoint) in [
      (modelName, state.model), (optimizerName, state.optimizer), (randomnessName, randomness),
    ] {
      files[name] = try write(name, in: folder) { (file) throws(CheckpointError) in
        try checkpoint.write(into: file)
      }
    }
    files[progressName] = try write(progressName, in: folder) { (file) throws(CheckpointError) in
      try file.write(state.progress)
    }
    let manifest = SavedState(
      format: RunDescription.currentFormat, step: state.step, metricsByteCount: metrics.byteCount,
      metricsSHA256: metrics.sha256, files: files)
    let bytes = try encoded(Sealed(manifest, file: manifestName), file: manifestName)
    _ = try write(manifestName, in: folder) { (file) throws(CheckpointError) in
      try file.write(bytes)
    }
  }

  /// Writes one file to the disk and returns its digest.
  private static func write(
    _ name: String, in folder: String, _ body: (OutputFile) throws(CheckpointError) -> Void
  ) throws(CheckpointError) -> String {
    let file = try OutputFile("\(folder)/\(name)", .create)
    try body(file)
    try file.synchronize()
    return file.sha256
  }
}

// MARK: - Reading

extension SavedState {
  /// Reads the manifest of a state.
  init(in folder: String) throws(CheckpointError) {
    let path = "\(folder)/\(Self.manifestName)"
    let sealed = try decoded(
      Sealed<SavedState>.self, from: InputFile(path).contents(limit: jsonLimit), file: path)
    self = sealed.value
    guard format <= RunDescription.currentFormat else {
      throw .newerFormat(folder: folder, found: format, known: RunDescription.currentFormat)
    }
    guard try sealed.isIntact(file: path) else {
      throw .damaged(file: path, problem: "its SHA-256 is not the recorded one")
    }
    guard format > 0, metricsByteCount >= 0 else {
      throw .damaged(file: path, problem: "it holds a negative number")
    }
    guard step == SavedStateName(split(folder).name)?.step else {
      throw .damaged(file: path, problem: "it is of step \(step) and its folder is of another")
    }
  }

  /// Checks one file against its digest.
  func check(_ name: String, in folder: String) throws(CheckpointError) {
    let path = "\(folder)/\(name)"
    guard let sha256 = files[name], try InputFile(path).digest().sha256 == sha256 else {
      throw .damaged(file: path, problem: "its SHA-256 is not the recorded one")
    }
  }

  /// Reads the state after checking every file.
  func state(in folder: String, on device: Device) throws(CheckpointError) -> TrainingState {
    let names = [Self.modelName, Self.optimizerName, Self.randomnessName, Self.progressName]
    for name in names { try check(name, in: folder) }
    let randomness = try Checkpoint(contentsOf: "\(folder)/\(Self.randomnessName)")
    return TrainingState(
      step: step, model: try Checkpoint(contentsOf: "\(folder)/\(Self.modelName)", on: device),
      optimizer: try Checkpoint(contentsOf: "\(folder)/\(Self.optimizerName)", on: device),
      randomness: randomness.tensors.mapValues { RandomState(bytes: $0.withBytes(Array.init)) },
      progress: try InputFile("\(folder)/\(Self.progressName)").contents(limit: jsonLimit),
      folder: folder)
  }
}
