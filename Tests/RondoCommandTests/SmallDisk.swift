import Foundation

/// A disk of 64 kB in a folder, which only those can mount who may.
final class SmallDisk {
  private let folder: String

  /// Mounts a disk; nothing when the system refuses.
  init?(at folder: String) {
    self.folder = folder
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard Self.isDone("/usr/bin/mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder) else {
      return nil
    }
  }

  deinit { _ = Self.isDone("/usr/bin/umount", folder) }

  /// Whether this system lets us mount one.
  static var isPossible: Bool {
    let folder = NSTemporaryDirectory() + "rondo-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return SmallDisk(at: folder) != nil
  }

  private static func isDone(_ tool: String, _ arguments: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: tool)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
