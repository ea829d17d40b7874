#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Lists the names in a folder, or none when it does not exist.
func namesInFolder(_ path: String) throws(CheckpointError) -> [String] {
  guard let stream = opendir(path) else {
    if errno == ENOENT { return [] }
    throw .unreadable(path)
  }
  closedir(stream)
  do { return try FileManager.default.contentsOfDirectory(atPath: path) } catch {
    // The folder may have been removed meanwhile; that is an empty list too.
    if access(path, F_OK) != 0 { return [] }
    throw .unreadable(file: path, reason: "its names cannot be listed")
  }
}

/// Removes a folder with everything in it.
func removeFolder(_ path: String) throws(CheckpointError) {
  do { try FileManager.default.removeItem(atPath: path) } catch {
    throw .unwritable(file: path, reason: "it cannot be removed")
  }
}

/// Creates a folder and its missing parents.
func makeFolders(_ path: String) throws(CheckpointError) {
  if mkdir(path, 0o777) == 0 { return }
  if errno == EEXIST {
    // A slash after the name: there may be a file of that name, and no folder.
    guard access("\(path)/", F_OK) == 0 else { throw .unwritable(path) }
    return
  }
  guard errno == ENOENT, split(path).folder != path else { throw .unwritable(path) }
  try makeFolders(split(path).folder)
  // Another process may have made it meanwhile.
  guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .unwritable(path) }
}

/// Creates one folder.
///
/// - Returns: Whether it was created; it is not when something of that name exists.
func claimFolder(_ path: String) throws(CheckpointError) -> Bool {
  if mkdir(path, 0o755) == 0 { return true }
  if errno == EEXIST { return false }
  throw .unwritable(path)
}

/// Removes a folder that was claimed, if it is still empty.
func releaseFolder(_ path: String) { rmdir(path) }

/// Returns the destination of a symbolic link, or `nil` when there is none.
func linkTarget(_ path: String) -> String? {
  var buffer = [CChar](repeating: 0, count: 4_096)
  let count = readlink(path, &buffer, buffer.count)
  guard count > 0, count < buffer.count else { return nil }
  return String(validating: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
