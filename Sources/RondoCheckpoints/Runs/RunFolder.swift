import RondoTensor

/// A training run as a folder: everything needed to resume it, to use its model, and to look at it.
///
/// ```text
/// runs/number-words-1/
/// ├── run.json             format, versions, threads, hashes of the data and of the next three
/// ├── recipe.json          the hyperparameters
/// ├── source-tokenizer.json
/// ├── target-tokenizer.json
/// ├── model.safetensors    a link to the best checkpoint's model
/// ├── checkpoints/         the best, the last, and the one before
/// │   └── step-300/        model, optimizer, random numbers, progress, and their hashes
/// ├── metrics.jsonl        a line per event
/// └── report.html
/// ```
///
/// A run is never overwritten, a lock refuses a second writer, and whatever moment the writer is
/// killed at, the last checkpoint loads.
public final class RunFolder {
  /// The folder.
  public let path: String
  /// What the run is and what it depends on.
  public private(set) var description: RunDescription

  let writing: Writing?

  /// What only the one writer of a run has.
  struct Writing {
    /// Keeps the lock as long as it lives.
    let lock: OutputFile
    let metrics: OutputFile
  }

  init(path: String, description: RunDescription, writing: Writing?) {
    self.path = path
    self.description = description
    self.writing = writing
  }

  /// Opens a run to look at it or to use its model; somebody else may be writing to it.
  ///
  /// - Parameter path: The folder.
  /// - Throws: ``CheckpointError`` when it is no run, or of a newer format.
  public convenience init(readingAt path: String) throws(CheckpointError) {
    self.init(path: path, description: try RunDescription(of: path), writing: nil)
  }

  /// Opens a run to go on with it; only one process at a time can.
  ///
  /// What a killed writer left unfinished is removed. ``RunFolder/resume(on:)`` gives the state.
  ///
  /// - Parameter path: The folder.
  /// - Throws: ``CheckpointError`` when it is no run, of a newer format, or in use.
  public convenience init(resumingAt path: String) throws(CheckpointError) {
    let description = try RunDescription(of: path)
    let writing = try Writing(in: path)
    for folder in [path, "\(path)/\(Self.checkpointsName)"] {
      for name in try namesInFolder(folder) where name.hasPrefix(partialPrefix) {
        try removeFolder("\(folder)/\(name)")
      }
    }
    self.init(path: path, description: description, writing: writing)
  }

  static let checkpointsName = "checkpoints"
  static let metricsName = "metrics.jsonl"

  // MARK: - Files

  /// Returns the path of a file in the folder.
  public func path(of name: String) -> String { "\(path)/\(name)" }

  /// Writes a file of the folder, which appears whole or not at all.
  ///
  /// - Parameters:
  ///   - bytes: What the file is to hold.
  ///   - name: The name of the file, such as `report.html`; one that is there is replaced.
  /// - Throws: ``CheckpointError`` when the system refuses.
  public func write(_ bytes: [UInt8], to name: String) throws(CheckpointError) {
    try writeAtomically(to: path(of: name)) { (file) throws(CheckpointError) in
      try file.write(bytes)
    }
  }

  /// Writes files that the run needs as they are, such as its tokenizers, once and for all.
  ///
  /// Their digests go into `run.json`, after them and together: whenever the writer is killed, the
  /// run keeps all of them or none.
  ///
  /// - Parameter files: What each file is to hold, by its name; the run keeps none of these yet.
  /// - Throws: ``CheckpointError`` when the system refuses.
  public func keep(_ files: [String: [UInt8]]) throws(CheckpointError) {
    _ = requireWriting("keep files")
    if let name = files.keys.sorted().first(where: keeps) {
      fatalError("\(path) keeps '\(name)', which does not change; ask keeps(_:) first")
    }
    var description = description
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      try write(bytes, to: name)
      description.files[name] = SHA256.hexadecimal(of: bytes)
    }
    let name = RunDescription.fileName
    let file = path(of: name)
    try write(encoded(Sealed(description, file: file), file: file), to: name)
    self.description = description
  }

  /// Keeps plain data as JSON, such as the label map of a classifier.
  ///
  /// - Parameters:
  ///   - value: The data.
  ///   - name: The name of the file, such as `labels.json`.
  /// - Throws: ``CheckpointError`` when the system refuses, or the data has no form in JSON.
  public func keep(_ value: some Encodable, as name: String) throws(CheckpointError) {
    try keep([name: encoded(value, file: path(of: name))])
  }

  /// Whether the run keeps a file of this name.
  public func keeps(_ name: String) -> Bool { description.files[name] != nil }

  /// Reads a file of the folder; one that the run keeps must be as it was written.
  ///
  /// - Parameter name: The name of the file, such as `recipe.json`.
  /// - Returns: What it holds, at most 64 MiB.
  /// - Throws: ``CheckpointError`` when it is missing, larger, or changed.
  public func read(_ name: String) throws(CheckpointError) -> [UInt8] {
    let bytes = try InputFile(path(of: name)).contents(limit: jsonLimit)
    if let sha256 = description.files[name], SHA256.hexadecimal(of: bytes) != sha256 {
      throw .changedFile(path(of: name))
    }
    return bytes
  }

  /// Reads plain data that the run keeps.
  ///
  /// - Parameters:
  ///   - type: Its type.
  ///   - name: The name of the file, such as `labels.json`.
  /// - Returns: The data.
  /// - Throws: ``CheckpointError`` when it is missing, changed, or of another type.
  public func read<Value: Decodable>(
    _ type: Value.Type, from name: String
  ) throws(CheckpointError) -> Value {
    try decoded(type, from: read(name), file: path(of: name))
  }

  /// Checks that the files which the run learns from are still what they were.
  ///
  /// - Throws: ``CheckpointError`` that names the first file that is gone or changed.
  public func checkData() throws(CheckpointError) {
    for file in description.data { try file.check() }
  }

  /// The writer's means.
  func requireWriting(_ action: String) -> Writing {
    guard let writing else {
      fatalError("\(path) was opened for reading and cannot \(action); open it with resumingAt:")
    }
    return writing
  }
}

extension RunFolder.Writing {
  /// Takes the lock of a run and opens its metrics.
  init(in folder: String) throws(CheckpointError) {
    lock = try OutputFile("\(folder)/lock", .lock)
    guard lock.takeLock() else { throw .runInUse(folder: folder) }
    metrics = try OutputFile("\(folder)/\(RunFolder.metricsName)", .append)
  }
}
