extension RunFolder {
  /// Makes the next folder of a recipe, `runs/<recipe>-<n>`, and opens it for writing.
  ///
  /// - Parameters:
  ///   - description: The description of the run.
  ///   - runs: The folder of all runs.
  ///   - files: Files that the folder contains from the beginning, by name.
  /// - Returns: The run.
  /// - Throws: ``CheckpointError`` when the folder cannot be created.
  public static func create(
    _ description: RunDescription, in runs: String = "runs", files: [String: [UInt8]] = [:]
  ) throws(CheckpointError) -> RunFolder {
    try makeFolders(runs)
    let prefix = "\(description.recipe)-"
    let taken = try namesInFolder(runs).compactMap { name in
      name.hasPrefix(prefix) ? Int(name.dropFirst(prefix.count)) : nil
    }
    var number = (taken.max() ?? 0) + 1
    while try !claimFolder("\(runs)/\(prefix)\(number)") { number += 1 }
    return try fill("\(runs)/\(prefix)\(number)", description, files)
  }

  /// Makes a folder of a given name and opens it for writing.
  ///
  /// - Parameters:
  ///   - description: The description of the run.
  ///   - path: The folder, which must not exist.
  ///   - files: Files that the folder contains from the beginning, by name.
  /// - Returns: The run.
  /// - Throws: ``CheckpointError`` when something of that name exists, or it cannot be created.
  public static func create(
    _ description: RunDescription, at path: String, files: [String: [UInt8]] = [:]
  ) throws(CheckpointError) -> RunFolder {
    try makeFolders(split(path).folder)
    guard try claimFolder(path) else { throw .runExists(folder: path) }
    return try fill(path, description, files)
  }

  /// Removes the run if it holds no saved state and no metrics.
  ///
  /// So a run that failed on its data, say, leaves its name free for the next attempt.
  public func removeIfUnused() {
    let writing = requireWriting("be removed")
    guard let states = try? savedStates(), states.isEmpty,
      let metrics = try? writing.metrics.byteCount(), metrics == 0
    else { return }
    try? removeFolder(path)
  }

  /// Replaces a claimed, empty folder by a whole run, in one step.
  private static func fill(
    _ path: String, _ description: RunDescription, _ files: [String: [UInt8]]
  ) throws(CheckpointError) -> RunFolder {
    var writing: Writing?
    var description = description
    do throws(CheckpointError) {
      try makeFolderAtomically(path) { (partial) throws(CheckpointError) in
        description.files = files.mapValues(SHA256.hexadecimal(of:))
        var contents = files
        contents[RunDescription.fileName] = try encoded(
          Sealed(description, file: path), file: path)
        for (name, bytes) in contents.sorted(by: { $0.key < $1.key }) {
          let file = try OutputFile("\(partial)/\(name)", .create)
          try file.write(bytes)
          try file.synchronize()
        }
        // The lock belongs to the open file and is kept when the folder gets its name.
        writing = try Writing(in: partial)
      }
    } catch {
      releaseFolder(path)
      throw error
    }
    return RunFolder(path: path, description: description, writing: writing)
  }
}
