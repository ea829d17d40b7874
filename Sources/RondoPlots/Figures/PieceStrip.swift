/// Tokenized texts, with each token in a box whose colour differs from that of its neighbours.
///
/// ```swift
/// let strip = PieceStrip(
///   "Two tokenizers",
///   rows: [.init("GPT-2", ["Hello", ",", " world"]), .init("BERT", ["hello", ",", "world"])])
/// ```
///
/// A row that is too long for the picture is wrapped.
public struct PieceStrip: Figure {
  /// One text and its tokens.
  public struct Row: Hashable, Sendable {
    /// The name of the tokenizer or of the text.
    public let name: String
    /// The tokens in order.
    public let pieces: [String]

    /// Creates a row.
    ///
    /// - Parameters:
    ///   - name: The name of the tokenizer or of the text.
    ///   - pieces: The tokens in order.
    public init(_ name: String, _ pieces: [String]) {
      self.name = name
      self.pieces = pieces
    }
  }

  /// The title.
  public let title: String
  /// The rows from top to bottom.
  public let rows: [Row]

  /// Creates a picture.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - rows: The rows from top to bottom.
  public init(_ title: String, rows: [Row]) {
    self.title = title
    self.rows = rows
  }

  /// A text description of the picture.
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

  /// The number of colours that alternate.
  static let colorCount = 4

  /// A piece with its position.
  struct Placed {
    let text: String
    /// The index of its colour.
    let color: Int
    let x: Double
    let line: Int
    let width: Double
  }

  /// Lays out the pieces of a row in lines.
  ///
  /// - Parameters:
  ///   - pieces: The pieces.
  ///   - room: The width of a line.
  ///   - gap: The gap between two pieces.
  ///   - margin: The space inside the box of a piece, both sides together.
  ///   - measure: The width of a character.
  /// - Returns: The pieces and their positions; those longer than a line are cut.
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
