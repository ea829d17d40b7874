import Foundation

/// Results as lines of text.
struct ResultTable {
  let nameWidth: Int

  /// The title of each column.
  var header: String {
    line(["entry", "Rondo", "±%", "other", "±%", "ratio", "Rondo MB", "other MB", "differ"])
  }

  /// Returns the line of a result: MB per second where there is a text, and milliseconds elsewhere.
  func line(_ result: Measurement) -> String {
    let peer = result.peer.map { side($0, result) } ?? ["-", "-"]
    return line(
      [result.entry] + side(result.rondo, result) + peer + [
        result.ratio.map { String(format: "%.2f", $0) } ?? "-", memory(result.rondo),
        result.peer.map(memory) ?? "-", result.differenceCount.map { "\($0)" } ?? "-",
      ])
  }

  private func side(_ side: Measurement.Side, _ result: Measurement) -> [String] {
    let value = result.megabytes.map { $0 / side.seconds.median } ?? side.seconds.median * 1e3
    let unit = result.megabytes == nil ? "ms" : "MB/s"
    return [
      String(format: "%.1f \(unit)", value), String(format: "%.1f", side.seconds.width * 50),
    ]
  }

  private func memory(_ side: Measurement.Side) -> String {
    side.peakBytes.map { "\($0 >> 20)" } ?? "-"
  }

  private func line(_ fields: [String]) -> String {
    let widths = [nameWidth, 13, 5, 13, 5, 6, 8, 8, 6]
    return zip(fields, widths).enumerated().map { column, field in
      let space = String(repeating: " ", count: max(0, field.1 - field.0.count))
      return column == 0 ? field.0 + space : space + field.0
    }.joined(separator: "  ")
  }
}
