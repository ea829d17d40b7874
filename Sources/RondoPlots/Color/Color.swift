/// A colour on a screen.
struct Color: Hashable, Sendable {
  /// The components, from 0 to 255.
  let red: Double
  let green: Double
  let blue: Double

  /// Creates a colour from a number such as `0x2F6FEB`.
  init(_ hex: UInt32) {
    red = Double(hex >> 16 & 0xFF)
    green = Double(hex >> 8 & 0xFF)
    blue = Double(hex & 0xFF)
  }

  private init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Returns the colour between this one (at 0) and another (at 1).
  func mixed(with other: Color, by share: Double) -> Color {
    Color(
      red: red + (other.red - red) * share, green: green + (other.green - green) * share,
      blue: blue + (other.blue - blue) * share)
  }

  /// Whether white text reads better on the colour than black text does.
  var isDark: Bool { 0.299 * red + 0.587 * green + 0.114 * blue < 140 }

  /// The colour as it is written in SVG, such as `#2f6feb`.
  var hex: String {
    "#"
      + [red, green, blue].map { part in
        let digits = String(UInt8(part.rounded()), radix: 16)
        return digits.utf8.count == 1 ? "0" + digits : digits
      }.joined()
  }
}
