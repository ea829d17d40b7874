#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A safetensors file that is open for reading.
///
/// The header is read and checked when the file is opened; each tensor is read on demand, so memory
/// holds only the header and the tensors that the caller keeps.
public final class SafetensorsFile {
  /// The file, as the caller named it.
  public let path: String
  /// What the file holds.
  public let header: SafetensorsHeader

  private let descriptor: Int32
  private let dataStart: Int
  private let entries: [String: SafetensorsHeader.Entry]

  /// Opens a file and checks its header.
  public init(contentsOf path: String) throws(SafetensorsError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.unreadable(path) }
    do throws(SafetensorsError) {
      (header, dataStart) = try Self.readHeader(of: descriptor, path)
    } catch {
      close(descriptor)
      throw error
    }
    entries = Dictionary(header.entries.map { ($0.name, $0) }) { first, _ in first }
  }

  deinit { close(descriptor) }

  /// Reads one tensor.
  ///
  /// - Parameters:
  ///   - name: The tensor's name.
  ///   - device: Where the tensor is to live.
  /// - Returns: The tensor.
  /// - Throws: ``SafetensorsError`` when there is no such tensor or it cannot be read.
  public func tensor(
    named name: String, on device: Device = .cpu
  ) throws(SafetensorsError) -> Tensor {
    guard let entry = entries[name] else {
      throw SafetensorsError(file: path, field: name, problem: .noSuchTensor)
    }
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: entry.bytes.count, alignment: 64)
    defer { bytes.deallocate() }
    try Self.read(descriptor, into: bytes, at: dataStart + entry.bytes.lowerBound, path)
    if entry.type == .bool { Self.normalize(bytes) }
    return Tensor(
      bytes: UnsafeRawBufferPointer(bytes), type: entry.type, shape: entry.shape, on: device)
  }

  /// Reads every tensor.
  ///
  /// - Parameter device: Where the tensors are to live.
  /// - Returns: The tensors by name.
  /// - Throws: ``SafetensorsError`` when one of them cannot be read.
  public func tensors(on device: Device = .cpu) throws(SafetensorsError) -> [String: Tensor] {
    var result: [String: Tensor] = [:]
    for entry in header.entries { result[entry.name] = try tensor(named: entry.name, on: device) }
    return result
  }
}

// MARK: - Bytes

extension SafetensorsFile {
  private static func readHeader(
    of descriptor: Int32, _ path: String
  ) throws(SafetensorsError) -> (SafetensorsHeader, dataStart: Int) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw SafetensorsError(file: path, problem: .unreadable("it is no file"))
    }
    let size = Int(status.st_size)
    guard size >= 8 else {
      throw SafetensorsError(file: path, problem: .cutOffInHeader(byteCount: size))
    }
    var length: UInt64 = 0
    try withUnsafeMutableBytes(of: &length) { (bytes) throws(SafetensorsError) in
      try read(descriptor, into: bytes, at: 0, path)
    }
    length = UInt64(littleEndian: length)
    guard length <= SafetensorsHeader.byteLimit else {
      throw SafetensorsError(file: path, problem: .longHeader(byteCount: length))
    }
    let count = Int(length)
    guard count <= size - 8 else {
      throw SafetensorsError(file: path, problem: .cutOffInHeader(byteCount: size))
    }
    let json = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { json.deallocate() }
    try read(descriptor, into: json, at: 8, path)
    let header = try SafetensorsHeader(
      json: Array(json), dataByteCount: size - 8 - count, file: path)
    return (header, 8 + count)
  }

  /// Fills `bytes` from an offset in the file, which may have been truncated since it was opened.
  private static func read(
    _ descriptor: Int32, into bytes: UnsafeMutableRawBufferPointer, at offset: Int, _ path: String
  ) throws(SafetensorsError) {
    var filled = 0
    while filled < bytes.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
      let count = pread(
        descriptor, rest.baseAddress, min(rest.count, 1 << 30), off_t(offset + filled))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(path) }
      guard count > 0 else {
        throw SafetensorsError(
          file: path, problem: .unreadable("it became shorter while it was read"))
      }
      filled += count
    }
  }

  /// Makes each byte 0 or 1, the only valid representations of a Boolean.
  private static func normalize(_ bytes: UnsafeMutableRawBufferPointer) {
    for index in bytes.indices where bytes[index] > 1 { bytes[index] = 1 }
  }

  /// An error that carries the system's message for the last failure.
  private static func unreadable(_ path: String) -> SafetensorsError {
    SafetensorsError(file: path, problem: .unreadable(String(cString: strerror(errno))))
  }
}
