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
  /// The schedule as it is written, such as `linear(from: 1, to: 0.5, over: 2000)`.
  public var description: String {
    let text =
      switch form {
      case .constant(let value): number(value)
      case .linear(let start, let end, let steps):
        "linear(from: \(number(start)), to: \(number(end)), over: \(steps))"
      case .exponential(let start, let decay, let floor):
        "exponential(from: \(number(start)), decay: \(number(decay)), floor: \(number(floor)))"
      case .inverseSigmoid(let steepness): "inverseSigmoid(steepness: \(number(steepness)))"
      case .cosine(let start, let end, let steps):
        "cosine(from: \(number(start)), to: \(number(end)), over: \(steps))"
      case .inverseSquareRoot(let peak, let steps):
        "inverseSquareRoot(peak: \(number(peak)), warmUp: \(steps))"
      }
    return warmUp > 0 ? "\(text).warmingUp(over: \(warmUp))" : text
  }

  private func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }

  /// Reads a schedule as it is printed.
  ///
  /// - Parameter text: A number, or a shape with its labelled values.
  /// - Throws: `ScheduleSyntaxError` when the text is neither.
  public init(_ text: String) throws(ScheduleSyntaxError) {
    if let value = Double(text) {
      self = .constant(value)
      return
    }
    var calls: [Call] = []
    for part in text.split(separator: ").") { calls.append(try Call(part, in: text)) }
    guard let shape = calls.first, calls.count <= 2 else { throw Schedule.problem(text) }
    switch shape.name {
    case "linear":
      let values = try shape.values(["from", "to"], count: "over")
      self = .linear(from: values[0], to: values[1], over: Int(values[2]))
    case "exponential":
      let values = try shape.values(["decay"], defaults: ["from": 1, "floor": 0])
      self = .exponential(from: values[1], decay: values[0], floor: values[2])
    case "inverseSigmoid":
      let values = try shape.values(["steepness"])
      guard values[0] > 0 else { throw Schedule.problem(text) }
      self = .inverseSigmoid(steepness: values[0])
    case "cosine":
      let values = try shape.values(["from", "to"], count: "over")
      self = .cosine(from: values[0], to: values[1], over: Int(values[2]))
    case "inverseSquareRoot":
      let values = try shape.values(["peak"], count: "warmUp")
      self = .inverseSquareRoot(peak: values[0], warmUp: Int(values[1]))
    default: throw Schedule.problem(text)
    }
    guard calls.count == 2 else { return }
    guard calls[1].name == "warmingUp" else { throw Schedule.problem(text) }
    warmUp = Int(try calls[1].values([], count: "over")[0])
  }

  fileprivate static func problem(_ text: String) -> ScheduleSyntaxError {
    ScheduleSyntaxError(
      description: """
        '\(text)' is no schedule; write a number, linear(from: 1, to: 0, over: 1000), \
        exponential(decay: 0.99), inverseSigmoid(steepness: 500), cosine(from: 1, to: 0, over: 1000) \
        or inverseSquareRoot(peak: 0.005, warmUp: 2000), each with .warmingUp(over: 100) if wanted
        """)
  }
}

/// A name with labelled numbers, such as `linear(from: 1, to: 0, over: 100)`.
private struct Call {
  let name: Substring
  private let values: [String: Double]
  private let text: String

  init(_ part: Substring, in text: String) throws(ScheduleSyntaxError) {
    let halves = part.split(separator: "(", omittingEmptySubsequences: false)
    guard halves.count == 2 else { throw Schedule.problem(text) }
    name = halves[0]
    self.text = text
    var values: [String: Double] = [:]
    for pair in halves[1].split(separator: ")").joined().split(separator: ",") {
      let sides = pair.split(separator: ":").map { $0.filter { $0 != " " } }
      guard sides.count == 2, let value = Double(sides[1]) else { throw Schedule.problem(text) }
      values[sides[0]] = value
    }
    self.values = values
  }

  /// The values of the labels in order, a number of steps last; no other label may be there.
  func values(
    _ labels: [String], count: String? = nil, defaults: KeyValuePairs<String, Double> = [:]
  ) throws(ScheduleSyntaxError) -> [Double] {
    var found: [Double] = []
    for label in labels + (count.map { [$0] } ?? []) {
      guard let value = values[label] else { throw Schedule.problem(text) }
      found.append(value)
    }
    for (label, value) in defaults { found.append(values[label] ?? value) }
    let known = labels + (count.map { [$0] } ?? []) + defaults.map(\.key)
    guard values.keys.allSatisfy(known.contains) else { throw Schedule.problem(text) }
    if count != nil, let steps = found.last, !(1...1e12).contains(steps) {
      throw Schedule.problem(text)
    }
    return found
  }
}

extension Schedule: Codable {
  /// Reads a schedule from a number or a text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Double.self) {
      self = .constant(value)
      return
    }
    do {
      try self.init(container.decode(String.self))
    } catch let error as ScheduleSyntaxError {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Writes the schedule as a number or a text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if case .constant(let value) = form, warmUp == 0 {
      try container.encode(value)
    } else {
      try container.encode(description)
    }
  }
}
