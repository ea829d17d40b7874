import Foundation

@testable import RondoPlots

/// Figures with fixed numbers, for snapshots and for laws that every figure keeps.
enum Samples {
  static let loss = LineChart(
    "Loss", xName: "Epoch", yName: "nats per token",
    series: [
      .init("training", y: [5.2, 3.9, 3.1, 2.55, 2.2, 1.95, 1.8, 1.72], smoothing: 0.5),
      .init("validation", y: [5.0, 4.0, 3.3, 2.9, 2.7, 2.62, 2.6, 2.65]),
    ])

  static let schedules = LineChart(
    "Teacher-forcing ratio over time", xName: "Epoch", yName: "probability",
    series: [
      .init("constant", y: Array(repeating: 0.5, count: 20), isDashed: true),
      .init("linear", y: (0..<20).map { 1 - Double($0) / 19 }),
      .init("exponential", y: (0..<20).map { pow(0.8, Double($0)) }),
      .init("inverse sigmoid", y: (0..<20).map { 5 / (5 + exp(Double($0) / 2.5)) }),
    ])

  static let gradients = LineChart(
    "Gradient norm through time", xName: "steps back", yName: "norm",
    series: [
      .init("RNN", y: (0..<24).map { pow(0.5, Double($0)) }),
      .init("LSTM", y: (0..<24).map { pow(0.9, Double($0)) }),
    ], yScale: .logarithmic)

  static let states = LineChart(
    "Hidden states over time", xName: "token", yName: "activation",
    series: [
      .init("unit 0", y: [0.1, -0.4, 0.8, 0.9, .nan, -0.2, 0.3]),
      .init("unit 1", y: [-0.9, -0.1, .infinity, 0.5, 0.6, 0.2, 0.1]),
    ], xLabels: ["der", "alte", "Uhrmacher", "我喜欢", "שלום", "🎻", "incomprehensibilities"])

  /// Attention over a source of which the last two tokens are padding.
  static let attention = HeatMap(
    "I love AI → J'aime l'IA",
    values: [
      [0.9, 0.08, 0.02, 0, 0], [0.1, 0.8, 0.1, 0, 0], [0.05, 0.15, 0.8, 0, 0],
      [0.02, 0.03, 0.95, 0, 0],
    ],
    rows: ["J'", "aime", "l'IA", "<eos>"], columns: ["I", "love", "AI", "<pad>", "<pad>"],
    rowName: "Target", columnName: "Source",
    marked: [.init(row: 0, column: 0), .init(row: 1, column: 1), .init(row: 2, column: 2)])

  static let words =
    "der alte Uhrmacher repariert die größte Geige im Hafen von 我喜欢音乐 مرحبا 👩‍👩‍👧 St. Olav <eos>"
    .split(separator: " ").map(String.init)

  /// A triangle of weights over words in many scripts, too many for level labels.
  static let selfAttention = HeatMap(
    "Self-attention", values: words.indices.map(triangleRow), rows: words, columns: words,
    rowName: "query", columnName: "key", colors: .viridis)

  private static func triangleRow(_ row: Int) -> [Double] {
    let sum = (row + 1) * (row + 2) / 2
    return words.indices.map { column in column > row ? 0 : Double(column + 1) / Double(sum) }
  }

  static let hidden = HeatMap(
    "Bidirectional hidden states", values: (0..<12).map(activations), rowName: "Hidden unit",
    columnName: "Time step", colors: .coolWarm)

  private static func activations(of unit: Int) -> [Double] {
    (0..<8).map { step in
      if unit == 3, step == 2 { return Double.nan }
      let turn = (unit * 7 + step * 5) % 19
      return Double(turn - 9) / 9
    }
  }

  /// More cells than can be drawn one by one.
  static let large = HeatMap(
    "Large", values: (0..<90).map(waves), rowName: "Dimension", columnName: "Position",
    colors: .redBlue)

  private static func waves(_ row: Int) -> [Float] {
    (0..<120).map { column in Float((row * column) % 50) / 50 }
  }

  static let bars = BarChart(
    "Time per training step", categories: ["RNN", "GRU", "LSTM", "Seq2Seq"], yName: "milliseconds",
    series: [
      .init("Rondo", [3.2, 4.1, 5, 18.4]), .init("PyTorch eager", [5.1, 6.3, 7.9, 27.2]),
    ])

  static let contributions = BarChart(
    "Contribution", categories: ["first", "second", "a very long category name", "fourth", "音楽"],
    xName: "part", yName: "contribution", series: [.init("", [0.4, -0.2, 0.9, .nan, -0.75])])

  static let pieces = PieceStrip(
    "Uhrmacher repariert 🎻",
    rows: [
      .init("GPT-2", ["U", "hr", "m", "acher", " repar", "iert", " \\xF0\\x9F\\x8E", "\\xBB"]),
      .init("characters", "Uhrmacher repariert 🎻".map(String.init)),
      .init("words", ["Uhrmacher", "repariert", "<unk>"]), .init("nothing", []),
      .init("scripts", ["我", "喜欢", "音乐", " مرحبا", "\n", "\u{301}"]),
    ])

  static let all: [(name: String, figure: any Figure)] = [
    ("loss", loss), ("schedules", schedules), ("gradients", gradients), ("states", states),
    ("attention", attention), ("self-attention", selfAttention), ("hidden", hidden),
    ("large", large), ("bars", bars), ("contributions", contributions),
    ("pieces", pieces),
  ]

  static let report = Report(
    "Number words", subtitle: "English → German",
    parts: [
      .highlights([.init("exact match", "99.4 %"), .init("training time", "58 s")]),
      .heading("Training & attention"), .paragraph("Words in, characters out <quickly>."),
      .figure(loss, caption: "Loss per token."),
      .figures([attention, bars], caption: "Side by side."),
      .facts([.init("hiddenSize", "128"), .init("שם", "ערך")]),
      .table(
        DataTable(columns: ["source", "BLEU"], rows: [["two", "41.5"], ["three", "7"]]),
        caption: "Examples"),
      .commands(["rondo train number-words", "rondo predict runs/number-words-1"]),
    ])

  static func named(_ name: String) -> any Figure {
    all.first { $0.name == name }?.figure ?? loss
  }

  static let names = all.map(\.name)
}
