#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Reads and writes whole files.
enum TextFile {
  /// Returns the bytes of a file.
  static func read(_ path: String) throws(RondoTextError) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .unreadable(file: path, reason: reason(of: error))
    }
  }

  /// Writes a file as a whole: readers see the old one or the new one.
  static func write(_ bytes: [UInt8], to path: String) throws(RondoTextError) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .unwritable(file: path, reason: reason(of: error))
    }
  }

  private static func reason(of error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileReadNoSuchFile?, .fileNoSuchFile?: "there is no such file or folder"
    case .fileReadNoPermission?, .fileWriteNoPermission?: "permission is denied"
    case .fileWriteOutOfSpace?: "no space is left"
    default: "\(error)"
    }
  }
}
