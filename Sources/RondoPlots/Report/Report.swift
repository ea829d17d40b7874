/// A page about a run: words, numbers and pictures in one file that needs no network.
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
  /// A name and what it stands for.
  public struct Fact: Hashable, Sendable {
    /// The name.
    public let name: String
    /// What it stands for.
    public let value: String

    /// Creates a fact.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - value: What it stands for.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A part of the page, from top to bottom.
  public enum Part: Sendable {
    /// The title of a section.
    case heading(String)
    /// A few sentences.
    case paragraph(String)
    /// The few numbers that matter most, large.
    case highlights([Fact])
    /// Names and values, such as settings.
    case facts([Fact])
    /// Rows under column names.
    case table(DataTable, caption: String)
    /// A picture, with its numbers below, folded up.
    case figure(any Figure, caption: String)
    /// Pictures that belong together, side by side where there is room.
    case figures([any Figure], caption: String)
    /// Lines to type in a terminal.
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
