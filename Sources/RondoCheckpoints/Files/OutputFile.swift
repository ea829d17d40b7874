#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A file that is open for writing, and the digest of the bytes written.
final class OutputFile {
  /// The mode in which a file is opened.
  enum Purpose {
    /// Creates a file that must not exist yet.
    case create
    /// Appends to a file, which is created when it is missing.
    case append
    /// Opens a lock file, which is created when it is missing.
    case lock
  }

  let path: String
  private let descriptor: Int32
  private var digest = SHA256()

  init(_ path: String, _ purpose: Purpose) throws(CheckpointError) {
    self.path = path
    let flags =
      switch purpose {
      case .create: O_WRONLY | O_CREAT | O_EXCL
      case .append: O_WRONLY | O_CREAT | O_APPEND
      case .lock: O_RDWR | O_CREAT
      }
    descriptor = open(path, flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path) }
  }

  deinit { close(descriptor) }

  /// The SHA-256 of all bytes written through this object.
  var sha256: String { digest.hexadecimal }

  /// Writes all bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(CheckpointError) {
    var rest = bytes
    while !rest.isEmpty {
      #if canImport(Darwin)
      let count = Darwin.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
      #elseif canImport(Musl)
      let count = Musl.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
      #else
      let count = Glibc.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
      #endif
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unwritable(path) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    digest.update(bytes)
  }

  /// Writes all bytes.
  func write(_ bytes: [UInt8]) throws(CheckpointError) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { copy.deallocate() }
    copy.copyBytes(from: bytes)
    try write(UnsafeRawBufferPointer(copy))
  }

  /// Flushes the bytes to disk, so that they survive a loss of power.
  func synchronize() throws(CheckpointError) {
    #if canImport(Darwin)
    let status = fcntl(descriptor, F_FULLFSYNC)
    #else
    let status = fsync(descriptor)
    #endif
    guard status == 0 else { throw .unwritable(path) }
  }

  /// The number of bytes in the file.
  func byteCount() throws(CheckpointError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path) }
    return Int(status.st_size)
  }

  /// Truncates the file.
  func truncate(to byteCount: Int) throws(CheckpointError) {
    guard ftruncate(descriptor, off_t(byteCount)) == 0 else { throw .unwritable(path) }
  }

  /// Takes the file's lock, which the system releases however the process ends.
  ///
  /// - Returns: Whether the lock was free.
  func takeLock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
}

extension CheckpointError {
  /// An error that carries the system's message for the last failure.
  static func unreadable(_ path: String) -> CheckpointError {
    .unreadable(file: path, reason: String(cString: strerror(errno)))
  }

  /// An error that carries the system's message for the last failure.
  static func unwritable(_ path: String) -> CheckpointError {
    .unwritable(file: path, reason: String(cString: strerror(errno)))
  }
}
