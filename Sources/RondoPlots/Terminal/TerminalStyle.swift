/// The colours that a terminal supports.
public struct TerminalStyle: Hashable, Sendable {
  /// The number of supported colours.
  public enum Palette: Hashable, Sendable {
    /// No colours: shapes and shades alone.
    case none
    /// The 256 indexed colours.
    case numbered
    /// 24-bit colours.
    case full
  }

  /// The number of supported colours.
  public let palette: Palette
  /// Whether the background is dark.
  public let isDark: Bool

  /// Creates a style.
  ///
  /// - Parameters:
  ///   - palette: The number of supported colours.
  ///   - isDark: Whether the background is dark.
  public init(palette: Palette, isDark: Bool = true) {
    self.palette = palette
    self.isDark = isDark
  }

  /// No colours, for files, pipes and readers who set `NO_COLOR`.
  public static let plain = TerminalStyle(palette: .none)

  var theme: Theme { isDark ? .dark : .light }
}
