import Foundation
import RondoText

/// Shows the progress of a tokenizer's trainer on standard error.
final class TrainingStatus {
  private let status: StatusLine
  private var phase = ""

  init(_ status: StatusLine = StatusLine()) { self.status = status }

  /// Shows a progress report: each phase when it begins, and then at intervals.
  func show(_ progress: TokenizerProgress) {
    let share = Double(progress.completed) / Double(max(1, progress.total))
    func text() -> String {
      let amounts = [progress.completed, progress.total].map(
        Self.countsBytes(progress) ? bytes : grouped)
      return progress.completed == 0
        ? progress.phase
        : "\(progress.phase)  \(Int(share * 100)) %  \(amounts[0]) of \(amounts[1])"
    }
    if progress.phase != phase {
      phase = progress.phase
      status.update(text())
    } else {
      status.updateNowAndThen(text())
    }
  }

  private static func countsBytes(_ progress: TokenizerProgress) -> Bool {
    progress.phase == "reading" || progress.phase.hasPrefix("measuring")
  }

  /// Takes the line away that would have been replaced.
  func clear() { status.clear() }
}
