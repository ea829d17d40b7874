/// A report of a run: text, tables and figures in one HTML file that needs no network.
///
/// ```swift
/// let report = Report(
///   "Number words", subtitle: "English to German",
///   parts: [
///     .highlights([.init("exact match", "99.4 %")]),
///     .heading("Training"),
///     .figure(lossChart, caption: "The loss falls quickly, then slowly."),
///   ])
/// ```
///
/// The page has no scripts. It follows the reader's light or dark theme, and prints light.
public struct Report: Sendable {
  /// A name and its value.
  public struct Fact: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The value.
    public let value: String

    /// Creates a fact.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - value: The value.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A part of the page.
  public enum Part: Sendable {
    /// The title of a section.
    case heading(String)
    /// A few sentences.
    case paragraph(String)
    /// The few most important numbers, in large type.
    case highlights([Fact])
    /// Names and values, such as settings.
    case facts([Fact])
    /// A table.
    case table(DataTable, caption: String)
    /// A figure, with its data in a collapsed table below.
    case figure(any Figure, caption: String)
    /// Related figures, side by side where there is room.
    case figures([any Figure], caption: String)
    /// Commands to run in a terminal.
    case commands([String])
  }

  /// The title of the page.
  public let title: String
  /// A line under the title.
  public let subtitle: String
  /// The parts from top to bottom.
  public let parts: [Part]

  /// Creates a page.
  ///
  /// - Parameters:
  ///   - title: The title of the page.
  ///   - subtitle: A line under the title.
  ///   - parts: The parts from top to bottom.
  public init(_ title: String, subtitle: String = "", parts: [Part]) {
    self.title = title
    self.subtitle = subtitle
    self.parts = parts
  }
}
