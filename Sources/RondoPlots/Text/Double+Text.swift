#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#else
import Musl
#endif

extension Double {
  /// Formats the number with a fixed number of decimal places.
  func fixed(_ digits: Int) -> String {
    guard isFinite else { return isNaN ? "NaN" : self < 0 ? "−∞" : "∞" }
    let units = (magnitude * pow(10, Double(digits))).rounded(.toNearestOrEven)
    guard units < 1e18 else { return "\(self)" }
    let written = "\(UInt64(units))"
    let padded = String(repeating: "0", count: Swift.max(0, digits + 1 - written.count)) + written
    let sign = self < 0 && units > 0 ? "-" : ""
    return digits == 0
      ? sign + padded : "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
  }

  /// The number with at most two decimal places, as SVG coordinates are written.
  var coordinate: String { fixed(2).droppingTrailingZeros }

  /// The number with about four significant digits, for readers.
  var short: String { written(digits: 4) }

  /// The number with about two significant digits and a true minus sign, for axes.
  var brief: String { written(digits: 2).typeset }

  private func written(digits: Int) -> String {
    guard isFinite, self != 0 else { return self == 0 ? "0" : fixed(0) }
    let exponent = Int(log10(magnitude).rounded(.down))
    switch exponent {
    case ..<(-4), 7...:
      return (self / pow(10, Double(exponent))).fixed(digits - 1).droppingTrailingZeros
        + "e\(exponent)"
    default: return fixed(Swift.max(0, digits - 1 - exponent)).droppingTrailingZeros
    }
  }
}

extension String {
  /// The number with a true minus sign instead of the hyphen that programs read.
  var typeset: String { replacing("-", with: "−") }

  /// The number without trailing zeros in its fraction.
  var droppingTrailingZeros: String {
    guard utf8.contains(UInt8(ascii: ".")) else { return self }
    var digits = self[...]
    while digits.last == "0" { digits.removeLast() }
    if digits.last == "." { digits.removeLast() }
    return digits == "-0" ? "0" : String(digits)
  }
}
