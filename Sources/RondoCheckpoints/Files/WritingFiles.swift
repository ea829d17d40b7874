/// Writes a file that appears whole or not at all, and the folders above it where they are missing.
///
/// - Parameters:
///   - bytes: What the file is to hold.
///   - path: The file; one that is there is replaced.
/// - Throws: ``CheckpointError`` when the system refuses; the old file is then untouched.
public func writeFile(_ bytes: [UInt8], to path: String) throws(CheckpointError) {
  try makeFolders(split(path).folder)
  try writeAtomically(to: path) { (file) throws(CheckpointError) in
    try file.write(bytes)
  }
}
