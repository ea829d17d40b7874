import Foundation
import RondoText

/// Writes files of text that the program makes besides its data.
enum TextOutput {
  /// Writes a file, and the folder that it stands in.
  ///
  /// - Parameters:
  ///   - text: What the file holds.
  ///   - path: The file.
  ///   - folder: The folder.
  /// - Throws: `RondoTextError.unwritable`.
  static func write(_ text: String, to path: String, in folder: String) throws(RondoTextError) {
    try createFolder(folder)
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw .unwritable(file: path, reason: "it cannot be replaced or made")
    }
  }

  /// Checks, before long work, that a folder can be written to or made; nothing is made yet.
  ///
  /// - Parameter path: The folder.
  /// - Throws: `RondoTextError.unwritable`.
  static func checkFolder(_ path: String) throws(RondoTextError) {
    var existing = URL(filePath: path).standardizedFileURL
    while !FileManager.default.fileExists(atPath: existing.path), existing.path != "/" {
      existing.deleteLastPathComponent()
    }
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: existing.path, isDirectory: &isFolder)
    guard isFolder.boolValue else {
      throw .unwritable(file: path, reason: "\(existing.path) is no folder")
    }
    guard FileManager.default.isWritableFile(atPath: existing.path) else {
      throw .unwritable(file: path, reason: "\(existing.path) takes no files")
    }
  }

  /// Makes a folder, and those that it stands in.
  ///
  /// - Parameter path: The folder.
  /// - Throws: `RondoTextError.unwritable`.
  static func createFolder(_ path: String) throws(RondoTextError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(file: path, reason: "the folder cannot be made")
    }
  }
}
