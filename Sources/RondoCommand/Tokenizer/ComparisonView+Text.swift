import Foundation
import RondoPlots
import RondoText

extension ComparisonView {
  /// The comparison for a terminal or a file.
  ///
  /// - Parameters:
  ///   - width: The columns of the terminal, which no picture exceeds.
  ///   - style: The colours that it has.
  /// - Returns: Lines.
  func text(width: Int, style: TerminalStyle) -> String {
    var parts: [String] = []
    func add(_ heading: String, _ text: String) { parts.append("\(heading)\n\n\(text)") }
    func drawn(_ strips: [PieceStrip]) -> String {
      strips.map { $0.terminal(width: width, style: style) }.joined(separator: "\n")
    }
    if !names.isEmpty {
      parts.append(tokenizerTable.text)
      for file in comparison.files { add(heading(of: file), table(of: file).text) }
      if comparison.files.count > 1 {
        add("tokens per word", table(\.fertility, digits: 3).text)
      }
      if isParallel { add("tokens, as a multiple of \(fileNames[0])", costTable.text) }
      for (stem, overlaps) in overlaps {
        add(
          "words that begin with '\(stem)'",
          table(of: overlaps).text + "\n" + drawn([strip(ofStem: stem)]))
      }
      for (kind, strips) in probes { add(kind, drawn(strips)) }
      if !unlikeStrips.isEmpty { add("lines that are cut differently", drawn(unlikeStrips)) }
    }
    if let curve {
      add("size of the vocabulary: \(curve.name)", table(of: curve).text)
      parts.append(tokenChart(of: curve).terminal(width: width, style: style))
    }
    return parts.joined(separator: "\n")
  }

  private func heading(of file: TokenizerComparison.File) -> String {
    guard let first = file.measurements.first else { return file.path }
    return "\(file.path): \(grouped(first.lineCount)) lines, \(grouped(first.wordCount)) words, "
      + bytes(first.byteCount)
  }
}
