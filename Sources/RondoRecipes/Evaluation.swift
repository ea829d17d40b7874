/// The evaluation of a model.
public struct Evaluation: Sendable, Codable {
  /// A description of the data.
  public let data: String
  /// Every finite metric by its name; JSON cannot hold others, such as the perplexity of a model
  /// with a loss in the hundreds.
  public let figures: [String: Double]
  /// How the metrics were computed, such as sacreBLEU's signature.
  public let signatures: [String]
  /// Tables, such as BLEU by source length.
  public let tables: [Table]

  init(data: String, figures: [String: Double], signatures: [String], tables: [Table]) {
    self.data = data
    self.figures = figures.filter(\.value.isFinite)
    self.signatures = signatures
    self.tables = tables
  }

  /// A table of results.
  public struct Table: Sendable, Codable {
    /// The title.
    public let title: String
    /// The column headings.
    public let columns: [String]
    /// The rows.
    public let rows: [[String]]
  }
}
