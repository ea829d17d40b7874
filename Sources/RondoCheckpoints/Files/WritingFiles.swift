/// Writes a file atomically, and creates missing parent folders.
///
/// - Parameters:
///   - bytes: The new content of the file.
///   - path: The file; an existing one is replaced.
/// - Throws: ``CheckpointError`` when the file cannot be written; an existing one is unchanged.
public func writeFile(_ bytes: [UInt8], to path: String) throws(CheckpointError) {
  try makeFolders(split(path).folder)
  try writeAtomically(to: path) { (file) throws(CheckpointError) in
    try file.write(bytes)
  }
}
