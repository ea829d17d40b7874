#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Why a text is not a schedule.
public struct ScheduleSyntaxError: Error, Equatable, CustomStringConvertible {
  /// One sentence: what is wrong and what is possible.
  public let description: String
}

extension Schedule: CustomStringConvertible {
  /// The schedule in the form that recipes use, such as `linear(from: 1, to: 0.5, over: 2000)`.
  public var description: String {
    var text =
      switch form {
      case .constant(let value): warmUp > 0 ? "constant(\(written(value)))" : written(value)
      case .linear(let start, let end, let steps):
        "linear(from: \(written(start)), to: \(written(end)), over: \(steps))"
      case .exponential(let start, let decay, let floor):
        "exponential(from: \(written(start)), decay: \(written(decay)), floor: \(written(floor)))"
      case .inverseSigmoid(let steepness): "inverseSigmoid(steepness: \(written(steepness)))"
      case .cosine(let start, let end, let steps):
        "cosine(from: \(written(start)), to: \(written(end)), over: \(steps))"
      case .inverseSquareRoot(let peak, let steps):
        "inverseSquareRoot(peak: \(written(peak)), warmUp: \(steps))"
      }
    if warmUp > 0 { text += ".warmingUp(over: \(warmUp))" }
    if isPerEpoch { text += ".perEpoch" }
    return text
  }

  /// Parses a schedule from the form in which it is printed.
  ///
  /// - Parameter text: A number, or a shape with its labelled values.
  /// - Throws: `ScheduleSyntaxError` when the text is neither.
  public init(_ text: String) throws(ScheduleSyntaxError) {
    if let value = Double(text), value.isFinite {
      self = .constant(value)
      return
    }
    guard let calls = WrittenCall.chain(text), let schedule = Schedule(calls) else {
      throw ScheduleSyntaxError(
        description: """
          '\(text)' is no schedule; write a number, linear(from: 1, to: 0, over: 1000), \
          exponential(decay: 0.99), inverseSigmoid(steepness: 500), \
          cosine(from: 1, to: 0, over: 1000) or inverseSquareRoot(peak: 0.005, warmUp: 2000), each \
          with .warmingUp(over: 100) if wanted, and with .perEpoch to count epochs and not steps
          """)
    }
    self = schedule
  }

  private init?(_ calls: [WrittenCall]) {
    guard let shape = calls.first, let schedule = Schedule(shape) else { return nil }
    self = schedule
    for call in calls.dropFirst() {
      switch call.name {
      case "warmingUp" where warmUp == 0 && !isPerEpoch:
        guard let values = call.values([], count: "over") else { return nil }
        warmUp = Int(values[0])
      case "perEpoch" where !isPerEpoch && call.values([]) != nil:
        unit = .epoch(stepCount: nil)
      default: return nil
      }
    }
  }

  private init?(_ shape: WrittenCall) {
    switch shape.name {
    case "constant":
      guard let values = shape.values([""]) else { return nil }
      self = .constant(values[0])
    case "linear":
      guard let values = shape.values(["from", "to"], count: "over") else { return nil }
      self = .linear(from: values[0], to: values[1], over: Int(values[2]))
    case "exponential":
      guard let values = shape.values(["decay"], defaults: ["from": 1, "floor": 0]) else {
        return nil
      }
      self = .exponential(from: values[1], decay: values[0], floor: values[2])
    case "inverseSigmoid":
      guard let values = shape.values(["steepness"]), values[0] > 0 else { return nil }
      self = .inverseSigmoid(steepness: values[0])
    case "cosine":
      guard let values = shape.values(["from", "to"], count: "over") else { return nil }
      self = .cosine(from: values[0], to: values[1], over: Int(values[2]))
    case "inverseSquareRoot":
      guard let values = shape.values(["peak"], count: "warmUp") else { return nil }
      self = .inverseSquareRoot(peak: values[0], warmUp: Int(values[1]))
    default: return nil
    }
  }
}

extension Schedule: Codable {
  /// Decodes a schedule from a number or a text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Double.self) {
      self = .constant(value)
      return
    }
    do {
      try self.init(container.decode(String.self))
    } catch let error as ScheduleSyntaxError {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: container.codingPath, debugDescription: error.description,
          underlyingError: error))
    }
  }

  /// Encodes the schedule as a number or a text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if case .constant(let value) = form, warmUp == 0, !isPerEpoch {
      try container.encode(value)
    } else {
      try container.encode(description)
    }
  }
}
