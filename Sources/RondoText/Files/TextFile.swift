#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Reads and writes whole files.
enum TextFile {
  /// Returns the bytes of a file.
  static func read(_ path: String) throws(RondoTextError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(file: path, reason: reasonOfLastError) }
    defer { _ = close(descriptor) }
    var status = stat()
    var bytes: [UInt8] = []
    // One extra byte detects the end of the file; a pipe does not report its size.
    var room = fstat(descriptor, &status) == 0 ? max(Int(status.st_size) + 1, 1 << 12) : 0
    while true {
      guard let more = readBytes(from: descriptor, atMost: room) else {
        throw .unreadable(file: path, reason: reasonOfLastError)
      }
      bytes = bytes.isEmpty ? more : bytes + more
      if more.count < room { return bytes }
      room = max(bytes.count, 1 << 16)
    }
  }

  /// The reason why the last system call failed.
  static var reasonOfLastError: String {
    switch errno {
    case ENOENT: "there is no such file or folder"
    case EACCES: "permission is denied"
    case EISDIR: "it is a folder"
    case let code: String(cString: strerror(code))
    }
  }

  /// Writes a file atomically: readers see the old one or the new one.
  static func write(_ bytes: [UInt8], to path: String) throws(RondoTextError) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .unwritable(file: path, reason: reason(of: error))
    }
  }

  static func reason(of error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileReadNoSuchFile?, .fileNoSuchFile?: "there is no such file or folder"
    case .fileReadNoPermission?, .fileWriteNoPermission?: "permission is denied"
    case .fileWriteOutOfSpace?: "no space is left"
    default: "\(error)"
    }
  }
}

extension TextFile {
  /// Whether a path is a folder; something must exist there.
  static func isFolder(_ path: String) throws(RondoTextError) -> Bool {
    do {
      let attributes = try attributes(of: path)
      return attributes[.type] as? FileAttributeType == .typeDirectory
    } catch {
      throw .unreadable(file: path, reason: reason(of: error))
    }
  }

  /// The attributes of the file at a path, following links.
  private static func attributes(of path: String) throws -> [FileAttributeKey: Any] {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    return try FileManager.default.attributesOfItem(atPath: target)
  }

  /// Returns the number of bytes of a file.
  static func size(of path: String) throws(RondoTextError) -> Int {
    do {
      return (try attributes(of: path)[.size] as? Int) ?? 0
    } catch {
      throw .unreadable(file: path, reason: reason(of: error))
    }
  }

  /// Calls `body` with each line of a file of any size, without the byte order mark.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - keepsEnds: Whether line endings are part of the lines.
  ///   - body: Receives a line, which is valid only during the call.
  /// - Throws: ``RondoTextError`` if the file cannot be read, is compressed, or is not UTF-8 but
  ///   UTF-16.
  static func forEachLine(
    of path: String, keepingEnds keepsEnds: Bool = false,
    _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws(RondoTextError) {
    var reader = try LineReader(path)
    var (isFirst, refusal) = (true, RondoTextError?.none)
    var hasMore = true
    while hasMore, refusal == nil {
      hasMore = try reader.next { line in
        var line = line
        if isFirst {
          refusal = Self.refusal(ofFileThatBegins: line, path: path)
          if refusal != nil { return }
          if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        }
        isFirst = false
        if !keepsEnds, line.last == UInt8(ascii: "\n") { line = line.dropLast() }
        if !keepsEnds, line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        body(UnsafeBufferPointer(rebasing: line))
      }
    }
    if let refusal { throw refusal }
  }

  /// Why a file is rejected, judging by its first bytes, or `nil`.
  static func refusal(
    ofFileThatBegins bytes: some Collection<UInt8>, path: String
  ) -> RondoTextError? {
    FileSignature(bytes).map { .notUTF8(file: path, $0) }
  }
}

/// Returns up to `limit` bytes of a file, fewer at its end; `nil` if it cannot be read.
private func readBytes(from descriptor: CInt, atMost limit: Int) -> [UInt8]? {
  var isReadable = true
  let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
    while isReadable, count < limit {
      let received = read(descriptor, buffer.baseAddress?.advanced(by: count), limit - count)
      isReadable = received >= 0
      if received <= 0 { break }
      count += received
    }
  }
  return isReadable ? bytes : nil
}
