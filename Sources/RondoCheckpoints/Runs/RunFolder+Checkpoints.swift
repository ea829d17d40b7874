import RondoTensor

extension RunFolder {
  private var checkpoints: String { path(of: Self.checkpointsName) }

  private func folder(of name: SavedStateName) -> String { "\(checkpoints)/\(name)" }

  /// The names of the saved states, oldest first.
  func savedStates() throws(CheckpointError) -> [SavedStateName] {
    try namesInFolder(checkpoints).compactMap { SavedStateName($0) }.sorted()
  }

  /// Finds the saved state whose model is the best, to which the run has a link.
  ///
  /// A copy that followed the link has a file instead, which is known by its digest.
  ///
  /// - Parameter names: The saved states.
  /// - Returns: The best, or `nil` while none has been judged.
  /// - Throws: ``CheckpointError`` when the file is the model of no state.
  func bestState(among names: [SavedStateName]) throws(CheckpointError) -> SavedStateName? {
    let model = path(of: SavedState.modelName)
    if let parts = linkTarget(model)?.split(separator: "/"), parts.count == 3,
      parts[0] == Self.checkpointsName, let name = SavedStateName(parts[1])
    {
      return name
    }
    guard !names.isEmpty, try namesInFolder(path).contains(SavedState.modelName) else { return nil }
    let sha256 = try InputFile(model).digest().sha256
    for name in names
    where try SavedState(in: folder(of: name)).files[SavedState.modelName] == sha256 {
      return name
    }
    throw .damaged(file: model, problem: "it is the model of no checkpoint of the run")
  }

  // MARK: - Writing

  /// Saves a state, and removes all others but the best, the last and the one before.
  ///
  /// The state appears atomically; if the process is killed earlier, the previous one is the last.
  ///
  /// - Parameters:
  ///   - state: The state.
  ///   - isBest: Whether its model is the best so far, which the run then uses.
  /// - Throws: ``CheckpointError`` when it cannot be written; earlier states are unchanged.
  public func save(_ state: TrainingState, isBest: Bool = false) throws(CheckpointError) {
    let metrics = requireWriting("save").metrics
    try metrics.synchronize()
    let recorded = try InputFile(path(of: Self.metricsName)).digest()
    _ = try claimFolder(checkpoints)
    let saved = try savedStates()
    let revision = saved.last { $0.step == state.step }.map { $0.revision + 1 } ?? 0
    let name = SavedStateName(step: state.step, revision: revision)
    try makeFolderAtomically(folder(of: name)) { (partial) throws(CheckpointError) in
      try SavedState.write(state, metrics: recorded, into: partial)
    }
    if isBest {
      try linkAtomically(
        path(of: SavedState.modelName),
        to: "\(Self.checkpointsName)/\(name)/\(SavedState.modelName)")
    }
    let kept = [try bestState(among: saved + [name])] + (saved + [name]).suffix(2)
    for old in saved where !kept.contains(old) { try remove(old) }
  }

  /// Removes a state: first its name, so that nothing half removed is ever read.
  private func remove(_ name: SavedStateName) throws(CheckpointError) {
    let removed = "\(checkpoints)/\(partialPrefix)\(name)"
    try move(folder(of: name), to: removed)
    try removeFolder(removed)
  }

  // MARK: - Reading

  /// Returns the last state and truncates the metrics to where they were then, so that training
  /// continues as if it had never stopped.
  ///
  /// - Parameter device: The device on which to create the tensors.
  /// - Returns: The state, or `nil` when the run was stopped before it saved one.
  /// - Throws: ``CheckpointError`` when the state is damaged or of a newer format.
  public func resume(on device: Device = .cpu) throws(CheckpointError) -> TrainingState? {
    let metrics = requireWriting("resume").metrics
    guard let name = try savedStates().last else {
      try metrics.truncate(to: 0)
      return nil
    }
    let saved = try SavedState(in: folder(of: name))
    let state = try saved.state(in: folder(of: name), on: device)
    let file = path(of: Self.metricsName)
    let found = try InputFile(file).digest(ofFirst: saved.metricsByteCount)
    guard found.byteCount == saved.metricsByteCount else {
      throw .damaged(
        file: file,
        problem: "it should have at least \(saved.metricsByteCount) bytes and has "
          + "\(found.byteCount)")
    }
    guard found.sha256 == saved.metricsSHA256 else {
      throw .damaged(file: file, problem: "its SHA-256 is not the recorded one")
    }
    try metrics.truncate(to: saved.metricsByteCount)
    return state
  }

  /// Returns the last state of a run, to which another process may be writing.
  ///
  /// - Parameter device: The device on which to create the tensors.
  /// - Returns: The state.
  /// - Throws: ``CheckpointError`` when there is none, or it is damaged or of a newer format.
  public func lastState(on device: Device = .cpu) throws(CheckpointError) -> TrainingState {
    try reading { (names) throws(CheckpointError) in
      guard let name = names.last else { throw .noCheckpoint(folder: path) }
      return try SavedState(in: folder(of: name)).state(in: folder(of: name), on: device)
    }
  }

  /// Returns the model to use: the best, or the last before any validation.
  ///
  /// - Parameter device: The device on which to create the tensors.
  /// - Returns: The model's parameters.
  /// - Throws: ``CheckpointError`` when there is none, or it is damaged or of a newer format.
  public func model(on device: Device = .cpu) throws(CheckpointError) -> Checkpoint {
    try reading { (names) throws(CheckpointError) in
      guard let name = try bestState(among: names) ?? names.last else {
        // A folder that was copied without its links contains the file itself.
        guard try namesInFolder(path).contains(SavedState.modelName) else {
          throw .noCheckpoint(folder: path)
        }
        return try Checkpoint(contentsOf: path(of: SavedState.modelName), on: device)
      }
      try SavedState(in: folder(of: name)).check(SavedState.modelName, in: folder(of: name))
      return try Checkpoint(
        contentsOf: "\(folder(of: name))/\(SavedState.modelName)", on: device)
    }
  }

  /// Retries when the writer has meanwhile removed what was being read.
  private func reading<Result>(
    _ body: ([SavedStateName]) throws(CheckpointError) -> Result
  ) throws(CheckpointError) -> Result {
    let link = path(of: SavedState.modelName)
    var (names, best) = (try savedStates(), linkTarget(link))
    while true {
      do throws(CheckpointError) { return try body(names) } catch {
        let (newNames, newBest) = (try savedStates(), linkTarget(link))
        guard newNames != names || newBest != best else { throw error }
        (names, best) = (newNames, newBest)
      }
    }
  }
}
