import RondoTensor

/// A training run as a folder: everything needed to resume it, to use its model, and to look at it.
///
/// ```text
/// runs/number-words-1/
/// ├── run.json             format, versions, threads, device, hashes of data and of the next three
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
/// A run is never overwritten, a lock keeps out a second writer, and whenever the writer is
/// killed, the last checkpoint can be loaded.
public final class RunFolder {
  /// The path of the folder.
  public let path: String
  /// The description of the run and of what its result depends on.
  public private(set) var description: RunDescription

  let writing: Writing?

  /// The state that only the single writer of a run has.
  struct Writing {
    /// Holds the lock for as long as it lives.
    let lock: OutputFile
    let metrics: OutputFile
  }

  init(path: String, description: RunDescription, writing: Writing?) {
    self.path = path
    self.description = description
    self.writing = writing
  }

  /// Opens a run for reading, while another process may be writing to it.
  ///
  /// - Parameter path: The folder.
  /// - Throws: ``CheckpointError`` when the folder contains no run, or one of a newer format.
  public convenience init(readingAt path: String) throws(CheckpointError) {
    self.init(path: path, description: try RunDescription(of: path), writing: nil)
  }

  /// Opens a run to continue it; only one process at a time can.
  ///
  /// Files that a killed writer left unfinished are removed. ``RunFolder/resume(on:)`` returns the
  /// state.
  ///
  /// - Parameter path: The folder.
  /// - Throws: ``CheckpointError`` when the folder has no run, or one of a newer format or in use.
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

  /// Writes a file of the folder atomically.
  ///
  /// - Parameters:
  ///   - bytes: The new content of the file.
  ///   - name: The name of the file, such as `report.html`; an existing one is replaced.
  /// - Throws: ``CheckpointError`` when the file cannot be written.
  public func write(_ bytes: [UInt8], to name: String) throws(CheckpointError) {
    try writeAtomically(to: path(of: name)) { (file) throws(CheckpointError) in
      try file.write(bytes)
    }
  }

  /// Adds files that must never change afterwards, such as the run's tokenizers.
  ///
  /// Their digests are added to `run.json` last and together: whenever the writer is killed, the
  /// run has all of them or none.
  ///
  /// - Parameter files: The content of each file, by its name; the run has none of these yet.
  /// - Throws: ``CheckpointError`` when they cannot be written.
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

  /// Adds a value as a JSON file that must never change, such as the label map of a classifier.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - name: The name of the file, such as `labels.json`.
  /// - Throws: ``CheckpointError`` when it cannot be written, or cannot be encoded as JSON.
  public func keep(_ value: some Encodable, as name: String) throws(CheckpointError) {
    try keep([name: encoded(value, file: path(of: name))])
  }

  /// Whether the run has an immutable file of this name.
  public func keeps(_ name: String) -> Bool { description.files[name] != nil }

  /// Reads a file of the folder, and checks its digest if it must not change.
  ///
  /// - Parameter name: The name of the file, such as `recipe.json`.
  /// - Returns: The content, at most 64 MiB.
  /// - Throws: ``CheckpointError`` when it is missing, larger, or changed.
  public func read(_ name: String) throws(CheckpointError) -> [UInt8] {
    let bytes = try InputFile(path(of: name)).contents(limit: jsonLimit)
    if let sha256 = description.files[name], SHA256.hexadecimal(of: bytes) != sha256 {
      throw .changedFile(path(of: name))
    }
    return bytes
  }

  /// Decodes a value from an immutable JSON file.
  ///
  /// - Parameters:
  ///   - type: The type of the value.
  ///   - name: The name of the file, such as `labels.json`.
  /// - Returns: The value.
  /// - Throws: ``CheckpointError`` when it is missing, changed, or of another type.
  public func read<Value: Decodable>(
    _ type: Value.Type, from name: String
  ) throws(CheckpointError) -> Value {
    try decoded(type, from: read(name), file: path(of: name))
  }

  /// Checks that the training data has not changed.
  ///
  /// - Throws: ``CheckpointError`` that names the first file that is missing or has changed.
  public func checkData() throws(CheckpointError) {
    for file in description.data { try file.check() }
  }

  /// The writer's lock and files, without which the program stops.
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
