import RondoText

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// One line of a file or a stream.
public struct Line: Hashable, Sendable {
  /// The number of the line, counted from 1.
  public let number: Int
  /// The text without its line ending, or why it cannot be read.
  public let text: Result<String, DamagedLine>
  /// The bytes of a line that is not UTF-8, without its line ending; `nil` for text, and for a line
  /// longer than the limit.
  public let bytes: [UInt8]?
}

/// Reads lines of UTF-8 from a file, a pipe or a terminal, one at a time.
///
/// A line is returned as soon as its end has arrived, so a reader works on a pipe that never ends.
/// Lines end with LF or CR LF; the last one may end with the file. A byte order mark is skipped.
/// Memory holds one line, and a line longer than the limit is skipped without being kept.
public final class LineReader {
  /// The path of the file, or the name of the stream.
  public let name: String
  /// The number of lines read so far.
  public private(set) var lineCount = 0

  private let descriptor: Int32
  private let isOwner: Bool
  private let limit: Int
  private var chunk: [UInt8] = []
  private var position = 0
  private var line: [UInt8] = []

  private static let chunkSize = 1 << 16

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - limit: The maximum length of a line, in bytes.
  /// - Throws: `DataError.cannotOpen`.
  public init(contentsOf path: String, limit: Int = 1 << 24) throws(DataError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    (name, isOwner, self.limit) = (path, true, limit)
  }

  /// Reads from an open file descriptor, which is not closed.
  ///
  /// - Parameters:
  ///   - descriptor: The file descriptor.
  ///   - name: The name of the stream in messages.
  ///   - limit: The maximum length of a line, in bytes.
  public init(descriptor: Int32, name: String, limit: Int = 1 << 24) {
    (self.descriptor, self.name, isOwner, self.limit) = (descriptor, name, false, limit)
  }

  /// Returns a reader of standard input.
  public static func standardInput() -> LineReader {
    LineReader(descriptor: STDIN_FILENO, name: "standard input")
  }

  deinit {
    if isOwner { close(descriptor) }
  }

  /// Whether the next line is already buffered, so that it is returned without waiting for input.
  public var hasWaitingLine: Bool {
    chunk[position...].withUnsafeBytes { rest in
      rest.baseAddress.map { memchr($0, CInt(UInt8(ascii: "\n")), rest.count) != nil } ?? false
    }
  }

  /// Returns the next line, or `nil` at the end.
  public func next() throws(DataError) -> Line? {
    line.removeAll(keepingCapacity: true)
    var length = 0
    var hasEnded = false
    while !hasEnded {
      if position == chunk.count {
        guard try fill() else {
          if length == 0 { return nil }
          break
        }
      }
      let rest = chunk[position...]
      let end = rest.firstIndex(of: UInt8(ascii: "\n"))
      let piece = rest[..<(end ?? chunk.endIndex)]
      line.append(contentsOf: piece.prefix(max(0, limit - length)))
      length += piece.count
      hasEnded = end != nil
      position = end.map { $0 + 1 } ?? chunk.endIndex
    }
    lineCount += 1
    if lineCount == 1 { try readSignature() }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    let text = text(ofLength: length)
    let isBroken = if case .failure = text { length <= limit } else { false }
    return Line(number: lineCount, text: text, bytes: isBroken ? line : nil)
  }

  private func text(ofLength length: Int) -> Result<String, DamagedLine> {
    if length > limit {
      return .failure(DamagedLine(file: name, number: lineCount, reason: .tooLong(limit: limit)))
    }
    if let text = String(validating: line, as: UTF8.self) { return .success(text) }
    return .failure(DamagedLine(file: name, number: lineCount, reason: firstInvalidByte()))
  }

  /// Reads more bytes, and returns false at the end of the file.
  private func fill() throws(DataError) -> Bool {
    var count = 0
    var failure: Int32 = 0
    chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { room, initialized in
      repeat {
        count = read(descriptor, room.baseAddress, room.count)
      } while count < 0 && errno == EINTR
      if count < 0 { failure = errno }
      initialized = max(0, count)
    }
    position = 0
    if failure != 0 { throw .cannotRead(path: name, reason: String(cString: strerror(failure))) }
    return count > 0
  }

  /// Checks the first bytes for signs of another format or encoding, and removes a byte order mark.
  private func readSignature() throws(DataError) {
    if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    if let signature = FileSignature(line) { throw .notUTF8(path: name, signature) }
  }

  private func firstInvalidByte() -> DamagedLine.Reason {
    var parser = Unicode.UTF8.ForwardParser()
    var bytes = line.makeIterator()
    var offset = 0
    while case .valid(let scalar) = parser.parseScalar(from: &bytes) { offset += scalar.count }
    func isASCII(_ index: Int) -> Bool { !line.indices.contains(index) || line[index] < 0x80 }
    let isLatin1 = line[offset] >= 0xA0 && isASCII(offset - 1) && isASCII(offset + 1)
    return .notUTF8(byte: offset + 1, isLatin1: isLatin1)
  }
}
