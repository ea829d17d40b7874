/// Texts cut into pieces, each piece in a box whose colour differs from that of its neighbours.
///
/// ```swift
/// let strip = PieceStrip(
///   "Two tokenizers",
///   rows: [.init("GPT-2", ["Hello", ",", " world"]), .init("BERT", ["hello", ",", "world"])])
/// ```
///
/// A row that is too long for the picture goes on below.
public struct PieceStrip: Figure {
  /// One text and its pieces.
  public struct Row: Hashable, Sendable {
    /// Who cut the text, or what it is.
    public let name: String
    /// The pieces in order.
    public let pieces: [String]

    /// Creates a row.
    ///
    /// - Parameters:
    ///   - name: Who cut the text, or what it is.
    ///   - pieces: The pieces in order.
    public init(_ name: String, _ pieces: [String]) {
      self.name = name
      self.pieces = pieces
    }
  }

  /// What the picture shows, in a few words.
  public let title: String
  /// The rows from top to bottom.
  public let rows: [Row]

  /// Creates a picture.
  ///
  /// - Parameters:
  ///   - title: What the picture shows.
  ///   - rows: The rows from top to bottom.
  public init(_ title: String, rows: [Row]) {
    self.title = title
    self.rows = rows
  }

  /// The picture in words.
  public var summary: String {
    let counts = rows.map { row in
      (row.name.isEmpty ? "" : "\(row.name): ") + "\(row.pieces.count) pieces"
    }
    return "Texts cut into pieces. " + counts.joined(separator: "; ") + "."
  }

  /// The pieces behind the picture.
  public var table: DataTable {
    DataTable(
      columns: ["text", "count", "pieces"],
      rows: rows.map { [$0.name, "\($0.pieces.count)", $0.pieces.joined(separator: " | ")] })
  }

  /// How many colours take turns.
  static let colorCount = 4

  /// A piece on its way to a line.
  struct Placed {
    let text: String
    /// Which of the colours it has.
    let color: Int
    let x: Double
    let line: Int
    let width: Double
  }

  /// Lays the pieces of a row out in lines.
  ///
  /// - Parameters:
  ///   - pieces: The pieces.
  ///   - room: The width of a line.
  ///   - gap: The space between two pieces.
  ///   - margin: The space within the box of a piece, on both sides together.
  ///   - measure: The width of a character.
  /// - Returns: The pieces and their places; those longer than a line are cut.
  static func layout(
    _ pieces: [String], room: Double, gap: Double, margin: Double,
    measuredBy measure: (Character) -> Double
  ) -> [Placed] {
    var (x, line) = (0.0, 0)
    return pieces.enumerated().map { place, piece in
      let text = Label(piece).cut(to: room - margin, measuredBy: measure)
      let width = margin + text.reduce(0) { $0 + measure($1) }
      if x > 0, x + width > room { (x, line) = (0, line + 1) }
      defer { x += width + gap }
      return Placed(text: text, color: place % colorCount, x: x, line: line, width: width)
    }
  }
}
