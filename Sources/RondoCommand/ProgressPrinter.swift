import Foundation
import RondoTraining

/// Shows how training goes: one line that changes on a terminal, plain lines elsewhere.
final class ProgressPrinter {
  private let status: StatusLine
  private var totalStepCount: Int?

  init(_ status: StatusLine = StatusLine()) { self.status = status }

  /// Shows an event.
  func show(_ event: TrainingEvent) {
    switch event {
    case .began(let step, let total):
      totalStepCount = total
      if step > 0 { line("going on after step \(step)") }
    case .progressed(let report):
      status.update(text(report))
    case .validated(let report):
      let figures = report.figures.sorted { $0.key < $1.key }
        .map { "\($0.key) \(number($0.value))" }.joined(separator: "  ")
      line("validation after step \(report.step): \(figures)\(report.isBest ? "  (best)" : "")")
    case .saved:
      break
    case .ended(let step, let reason):
      switch reason {
      case .finished: line("finished after \(step) steps")
      case .stoppedEarly: line("stopped early after \(step) steps: validation no longer improves")
      case .interrupted: line("interrupted after step \(step); everything is saved")
      }
    }
  }

  /// Writes a line of its own.
  func line(_ text: String) { status.line(text) }

  private func text(_ report: StepReport) -> String {
    // The total is an estimate where epochs differ in length.
    let total = totalStepCount.flatMap { report.step <= $0 ? "/\($0)" : nil }
    let step = "step \(report.step)\(total ?? "")"
    var parts = [
      step, "loss \(number(report.loss))", "lr \(number(report.learningRate))",
      "\(grouped(Int(report.tokensPerSecond))) tokens/s",
    ]
    if let forced = report.forcedShare, forced < 1 { parts.append("forced \(percent(forced))") }
    if let clipped = report.clippedShare, clipped > 0 {
      parts.append("clipped \(percent(clipped))")
    }
    if let seconds = report.secondsLeft { parts.append("\(duration(seconds)) left") }
    return parts.joined(separator: "  ")
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

/// A whole number with narrow spaces between thousands.
func grouped(_ value: Int) -> String {
  let digits = Array(String(value))
  return digits.indices.reduce(into: "") { text, index in
    if index > 0, (digits.count - index).isMultiple(of: 3) { text += "\u{202F}" }
    text.append(digits[index])
  }
}

/// A number with four significant digits.
func number(_ value: Double) -> String { String(format: "%.4g", value) }

/// Formats a duration for people.
func duration(_ seconds: Double) -> String {
  // The time left of a run with a huge number of steps must not overflow.
  let seconds = Int(min(seconds.rounded(), 1e15))
  return switch seconds {
  case ..<60: "\(seconds) s"
  case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
  default: "\(seconds / 3600) h \(seconds / 60 % 60) min"
  }
}
