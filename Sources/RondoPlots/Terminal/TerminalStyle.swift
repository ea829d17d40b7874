/// The colours that a terminal has.
public struct TerminalStyle: Hashable, Sendable {
  /// How many colours there are.
  public enum Palette: Hashable, Sendable {
    /// None: shapes and shades alone.
    case none
    /// The 256 numbered colours.
    case numbered
    /// All of 24 bits.
    case full
  }

  /// How many colours there are.
  public let palette: Palette
  /// Whether the background is dark.
  public let isDark: Bool

  /// Creates a style.
  ///
  /// - Parameters:
  ///   - palette: How many colours there are.
  ///   - isDark: Whether the background is dark.
  public init(palette: Palette, isDark: Bool = true) {
    self.palette = palette
    self.isDark = isDark
  }

  /// No colours, for files, pipes and readers who set `NO_COLOR`.
  public static let plain = TerminalStyle(palette: .none)

  var theme: Theme { isDark ? .dark : .light }
}
