import Foundation
import RondoPlots

/// The standard streams: data goes to standard output, everything else to standard error.
enum Terminal {
  /// Whether standard error is a terminal that can replace lines.
  static let isInteractive = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"

  /// The colours of standard error.
  static let errorStyle = style(of: STDERR_FILENO)
  /// The colours of standard output.
  static let outputStyle = style(of: STDOUT_FILENO)

  /// The number of columns of the terminal, 80 where there is none.
  static var width: Int {
    var size = winsize()
    for stream in [STDERR_FILENO, STDOUT_FILENO] where ioctl(stream, UInt(TIOCGWINSZ), &size) == 0 {
      if size.ws_col > 0 { return min(200, Int(size.ws_col)) }
    }
    return environment["COLUMNS"].flatMap { Int($0) }.map { min(200, max(20, $0)) } ?? 80
  }

  /// Writes data to standard output.
  ///
  /// - Parameter text: The data.
  /// - Throws: `OutputError` when it cannot be written.
  static func write(_ text: String) throws(OutputError) { try write(bytes: Array(text.utf8)) }

  /// Writes data to standard output.
  ///
  /// - Parameter bytes: The data.
  /// - Throws: `OutputError` when it cannot be written.
  static func write(bytes: [UInt8]) throws(OutputError) {
    guard let problem = write(bytes, to: STDOUT_FILENO) else { return }
    throw OutputError(reason: String(cString: strerror(problem)), isClosedPipe: problem == EPIPE)
  }

  /// Writes a line to standard error.
  static func say(_ line: String) { tell(line + "\n") }

  /// Writes to standard error; what cannot be written there is lost, and work continues.
  static func tell(_ text: String) { _ = write(Array(text.utf8), to: STDERR_FILENO) }

  /// Writes bytes, and returns the error number if that fails.
  private static func write(_ bytes: [UInt8], to stream: Int32) -> Int32? {
    var bytes = bytes[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(stream, $0.baseAddress, $0.count) }
      if written >= 0 {
        bytes = bytes.dropFirst(written)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }

  /// Takes the places of standard streams that are closed.
  ///
  /// The next files to be opened would get them, and messages would be written into those. What a
  /// closed stream refused is still refused, and messages are lost.
  static func occupyClosedStreams() {
    let streams = [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
    for (stream, access) in streams where fcntl(stream, F_GETFD) < 0 {
      // A file that is opened gets the lowest free number, which is this one.
      _ = open("/dev/null", access)
    }
  }

  private static let environment = ProcessInfo.processInfo.environment

  private static func style(of stream: Int32) -> TerminalStyle {
    let isColored = isatty(stream) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
    guard isColored, environment["TERM"] != "dumb" else { return .plain }
    let isFull = ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "")
    return TerminalStyle(palette: isFull ? .full : .numbered)
  }
}

/// Standard output cannot be written.
struct OutputError: Error, CustomStringConvertible {
  let reason: String
  /// Whether the reader of a pipe has gone, which is no failure of this program.
  let isClosedPipe: Bool

  var description: String { "cannot write to standard output: \(reason)" }
}
