#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A file that is open for reading.
struct InputFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(CheckpointError) {
    // Without O_NONBLOCK, opening a pipe without a writer would block.
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw .unreadable(path) }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT != S_IFIFO else {
      close(opened)
      throw .unreadable(
        file: path, reason: "it is a pipe, which can be read only once; write it to a file first")
    }
    (self.path, descriptor) = (path, opened)
  }

  deinit { close(descriptor) }

  /// Reads the file in chunks.
  private func forEachPiece(
    _ body: (UnsafeRawBufferPointer) throws(CheckpointError) -> Void
  ) throws(CheckpointError) {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { piece.deallocate() }
    while true {
      let count = read(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path) }
      guard count > 0 else { return }
      try body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }

  /// Returns the number of bytes and their SHA-256.
  ///
  /// - Parameter limit: The number of bytes, from the beginning of the file, to include.
  /// - Returns: The number of bytes included, and their digest.
  /// - Throws: ``CheckpointError`` when the file cannot be read.
  func digest(
    ofFirst limit: Int = .max
  ) throws(CheckpointError) -> (byteCount: Int, sha256: String) {
    var digest = SHA256()
    var byteCount = 0
    try forEachPiece { (piece) throws(CheckpointError) in
      let count = min(piece.count, limit - byteCount)
      digest.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      byteCount += count
    }
    return (byteCount, digest.hexadecimal)
  }

  /// Returns all bytes of a file that is expected to be small.
  func contents(limit: Int) throws(CheckpointError) -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachPiece { (piece) throws(CheckpointError) in
      bytes += piece
      guard bytes.count <= limit else {
        throw .damaged(file: path, problem: "it has more than \(limit) bytes")
      }
    }
    return bytes
  }
}
