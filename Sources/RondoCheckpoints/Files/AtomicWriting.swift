#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Writes a file atomically: it appears whole or not at all, even if the process or machine stops.
///
/// The bytes are written to a temporary file beside it, which is flushed to disk and renamed in one
/// step; then the folder is flushed, and with it the new name.
///
/// - Parameters:
///   - path: The file; an existing one is replaced.
///   - body: Writes the bytes.
/// - Throws: ``CheckpointError`` when the file cannot be written; an existing one is unchanged.
func writeAtomically(
  to path: String, _ body: (OutputFile) throws(CheckpointError) -> Void
) throws(CheckpointError) {
  let partial = partialPath(beside: path)
  do throws(CheckpointError) {
    let file = try OutputFile(partial, .create)
    try body(file)
    try file.synchronize()
    try move(partial, to: path)
  } catch {
    unlink(partial)
    throw error.about(path, insteadOf: partial)
  }
  try synchronizeFolder(of: path)
}

/// Creates a symbolic link that replaces another in one step.
func linkAtomically(_ path: String, to target: String) throws(CheckpointError) {
  let partial = partialPath(beside: path)
  guard symlink(target, partial) == 0 else { throw .unwritable(path) }
  do throws(CheckpointError) {
    try move(partial, to: path)
  } catch {
    unlink(partial)
    throw error
  }
  try synchronizeFolder(of: path)
}

/// Creates a folder that appears with everything in it or not at all.
///
/// - Parameters:
///   - path: The folder, which must not exist or be empty.
///   - body: Fills the folder at the given path; it must flush the files that it writes to disk.
/// - Throws: ``CheckpointError`` when the folder cannot be created; nothing is then left behind.
func makeFolderAtomically(
  _ path: String, _ body: (_ partial: String) throws(CheckpointError) -> Void
) throws(CheckpointError) {
  let partial = partialPath(beside: path)
  guard mkdir(partial, 0o755) == 0 else { throw .unwritable(path) }
  do throws(CheckpointError) {
    try body(partial)
    try synchronizeFolder(partial)
    try move(partial, to: path)
  } catch {
    try? removeFolder(partial)
    throw error.about(path, insteadOf: partial)
  }
  try synchronizeFolder(of: path)
}

/// The prefix of the names of unfinished files and folders.
let partialPrefix = ".partial-"

private func partialPath(beside path: String) -> String {
  let (folder, name) = split(path)
  let mark = String(UInt32.random(in: .min ... .max), radix: 16)
  return "\(folder)/\(partialPrefix)\(mark)-\(name)"
}

/// Splits a path into the folder and the last component.
func split(_ path: String) -> (folder: String, name: String) {
  var trimmed = path[...]
  while trimmed.last == "/", trimmed.count > 1 { trimmed.removeLast() }
  guard let slash = trimmed.lastIndex(of: "/") else { return (".", String(trimmed)) }
  let folder = trimmed[..<slash]
  return (folder.isEmpty ? "/" : String(folder), String(trimmed[trimmed.index(after: slash)...]))
}

/// Renames a file or a folder in one step.
func move(_ path: String, to newPath: String) throws(CheckpointError) {
  guard rename(path, newPath) == 0 else { throw .unwritable(newPath) }
}

private func synchronizeFolder(of path: String) throws(CheckpointError) {
  try synchronizeFolder(split(path).folder)
}

/// Flushes the names in a folder to disk, so that they survive a loss of power.
private func synchronizeFolder(_ folder: String) throws(CheckpointError) {
  let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .unwritable(folder) }
  defer { close(descriptor) }
  // Some file systems cannot flush a folder and say so.
  guard fsync(descriptor) == 0 || errno == EINVAL else { throw .unwritable(folder) }
}

extension CheckpointError {
  /// The same error, for the path that the caller knows.
  fileprivate func about(_ path: String, insteadOf partial: String) -> CheckpointError {
    guard case .unwritable(let file, let reason) = self, file.hasPrefix(partial) else {
      return self
    }
    return .unwritable(file: path + file.dropFirst(partial.count), reason: reason)
  }
}
