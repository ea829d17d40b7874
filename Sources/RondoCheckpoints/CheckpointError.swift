import RondoTensor

/// An error of reading or writing checkpoints and run folders.
public enum CheckpointError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A file or a folder cannot be read.
  case unreadable(file: String, reason: String)
  /// A file or a folder cannot be written.
  case unwritable(file: String, reason: String)
  /// A safetensors file is invalid.
  case tensors(SafetensorsError)
  /// A file does not have the content that was written.
  case damaged(file: String, problem: String)
  /// A folder was written by a later version of Rondo.
  case newerFormat(folder: String, found: Int, known: Int)
  /// A folder does not contain a run.
  case noRun(folder: String)
  /// A run of that name exists and may not be overwritten.
  case runExists(folder: String)
  /// Another process is writing to the run.
  case runInUse(folder: String)
  /// A run has not saved a model yet.
  case noCheckpoint(folder: String)
  /// A file that belongs to a run was changed after it was written.
  case changedFile(String)
  /// A data file is not the one that the run was trained on.
  case changedData(file: String)
  /// A model has a parameter that the checkpoint lacks.
  case missingTensor(String, nearest: String?, source: String)
  /// A checkpoint has a tensor without a matching parameter in the model.
  case unexpectedTensor(String, nearest: String?, source: String)
  /// A tensor does not have the shape of the parameter of that name.
  case wrongShape(String, expected: [Int], found: [Int], source: String)

  /// One sentence that says what, where and what to do.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "cannot read \(file): \(reason)"
    case .unwritable(let file, let reason):
      "cannot write \(file): \(reason); what was saved before is untouched"
    case .tensors(let error): error.description
    case .damaged(let file, let problem):
      "\(file) is damaged: \(problem); "
        + (SavedStateName(split(split(file).folder).name) == nil
          ? "put a good copy in its place"
          : "remove its folder to go on from the one before")
    case .newerFormat(let folder, let found, let known):
      "\(folder) has format \(found) and this Rondo knows formats up to \(known); "
        + "use a newer Rondo"
    case .noRun(let folder): "\(folder) is no run folder: it holds no run.json"
    case .runExists(let folder):
      "\(folder) exists and is not overwritten; resume it, or choose another place with --run"
    case .runInUse(let folder): "another process writes to \(folder); wait for it or stop it first"
    case .noCheckpoint(let folder): "\(folder) holds no model yet; train it first"
    case .changedFile(let file):
      "\(file) was changed after the run began (its SHA-256 differs); put it back as it was, or "
        + "begin a new run with other settings"
    case .changedData(let file):
      "\(file) is not the file that the run began with (its SHA-256 differs); restore it, or train anew"
    case .missingTensor(let name, let nearest, let source):
      "the model needs '\(name)' and \(source) does not have it" + Self.hint(nearest)
    case .unexpectedTensor(let name, let nearest, let source):
      "\(source) has '\(name)' and the model has no such parameter" + Self.hint(nearest)
    case .wrongShape(let name, let expected, let found, let source):
      "'\(name)' should have shape \(expected) and has \(found) in \(source); "
        + "was the model made with the same sizes?"
    }
  }

  private static func hint(_ nearest: String?) -> String {
    nearest.map { "; the nearest name there is '\($0)'" } ?? "; is it of another model?"
  }
}
