extension Double {
  /// Formats the number with a fixed number of digits after the decimal point.
  func fixed(_ digits: Int) -> String {
    guard isFinite, magnitude < 1e15 else { return "\(self)" }
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let units = "\(UInt64((magnitude * scale).rounded(.toNearestOrEven)))"
    let padded = String(repeating: "0", count: max(0, digits + 1 - units.count)) + units
    let sign = self < 0 ? "-" : ""
    return digits == 0
      ? sign + padded : "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
  }
}
