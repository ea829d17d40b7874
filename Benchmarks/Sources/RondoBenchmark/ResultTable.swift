import Foundation

/// Results as lines of text.
struct ResultTable {
  let nameWidth: Int

  /// The title of each column.
  var header: String {
    line([
      "entry", "threads", "Rondo ms", "±%", "PyTorch ms", "±%", "ratio", "Rondo MB", "PyTorch MB",
      "difference",
    ])
  }

  /// Returns the line of a result.
  func line(_ result: Measurement) -> String {
    line(
      [result.entry, "\(result.threadCount)"] + side(result.rondo) + side(result.peer) + [
        fixed(result.ratio, 2), megabytes(result.rondo), megabytes(result.peer),
        String(format: "%.0e", result.worstDifference),
      ])
  }

  private func side(_ side: Measurement.Side) -> [String] {
    // Half the distance between the quartiles stands on each side of the median.
    [fixed(side.seconds.median * 1e3, 3), fixed(side.seconds.width * 50, 1)]
  }

  private func megabytes(_ side: Measurement.Side) -> String {
    side.peakBytes.map { "\($0 >> 20)" } ?? "-"
  }

  private func fixed(_ number: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", number)
  }

  private func line(_ fields: [String]) -> String {
    let widths = [nameWidth, 7, 10, 5, 10, 5, 6, 8, 10, 10]
    return zip(fields, widths).enumerated().map { column, field in
      let space = String(repeating: " ", count: max(0, field.1 - field.0.count))
      return column == 0 ? field.0 + space : space + field.0
    }.joined(separator: "  ")
  }
}
