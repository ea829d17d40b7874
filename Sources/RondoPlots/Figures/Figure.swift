/// A picture made of numbers, for a page and for a terminal.
///
/// A figure is a value: it holds the numbers and the words, and draws itself when asked.
public protocol Figure: Sendable {
  /// What the picture shows, in a few words.
  var title: String { get }

  /// The picture in words, for those who cannot see it.
  var summary: String { get }

  /// The numbers behind the picture.
  var table: DataTable { get }

  /// The picture as a self-contained SVG document, which follows the reader's light or dark theme.
  var svg: String { get }

  /// Draws the picture as text.
  ///
  /// - Parameters:
  ///   - width: The columns of the terminal, which no line exceeds.
  ///   - style: The colours that the terminal has.
  /// - Returns: Lines that end in a line feed each.
  func terminal(width: Int, style: TerminalStyle) -> String
}

extension Figure {
  /// Draws the picture as text without colours.
  ///
  /// - Parameter width: The columns of the terminal, which no line exceeds.
  /// - Returns: Lines that end in a line feed each.
  public func terminal(width: Int) -> String { terminal(width: width, style: .plain) }
}
