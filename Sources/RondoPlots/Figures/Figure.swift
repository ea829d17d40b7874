/// A picture of data that can be drawn as SVG and in a terminal.
///
/// A figure is a value: it holds the data and the text, and draws itself on request.
public protocol Figure: Sendable {
  /// The title.
  var title: String { get }

  /// A text description of the picture, for screen readers.
  var summary: String { get }

  /// The numbers behind the picture.
  var table: DataTable { get }

  /// The picture as a self-contained SVG document, with light and dark colours.
  var svg: String { get }

  /// Draws the picture as text.
  ///
  /// - Parameters:
  ///   - width: The number of columns, which no line exceeds.
  ///   - style: The colours of the terminal.
  /// - Returns: Lines, each ending with a line feed.
  func terminal(width: Int, style: TerminalStyle) -> String
}

extension Figure {
  /// Draws the picture as text without colours.
  ///
  /// - Parameter width: The number of columns, which no line exceeds.
  /// - Returns: Lines, each ending with a line feed.
  public func terminal(width: Int) -> String { terminal(width: width, style: .plain) }
}
