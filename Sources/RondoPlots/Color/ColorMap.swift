/// Colours for numbers, from the least to the greatest.
public struct ColorMap: Hashable, Sendable {
  /// The name, which is also used for its style rules.
  public let name: String
  /// Whether the colours diverge from a neutral middle.
  public let isDiverging: Bool
  private let light: [Color]
  private let dark: [Color]

  private init(_ name: String, isDiverging: Bool = false, light: [UInt32], dark: [UInt32]? = nil) {
    self.name = name
    self.isDiverging = isDiverging
    self.light = light.map(Color.init)
    self.dark = (dark ?? light).map(Color.init)
  }

  /// From the colour of the page to a strong blue, for weights and counts.
  public static let blues = ColorMap(
    "blues",
    light: [
      0xF7FBFF, 0xDEEBF7, 0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B,
    ],
    dark: [
      0x17202B, 0x12294A, 0x143E72, 0x1B569E, 0x2F74C6, 0x559BE3, 0x86BDF5, 0xB9DBFF, 0xEAF4FF,
    ])

  /// From violet over green to yellow, perceptually uniform.
  ///
  /// - Source: van der Walt and Smith, [matplotlib colormaps](https://bids.github.io/colormap/).
  public static let viridis = ColorMap(
    "viridis",
    light: [
      0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6ECE58, 0xB5DE2B,
      0xFDE725,
    ])

  /// From red for negative numbers to blue for positive ones.
  public static let redBlue = ColorMap(
    "red-blue", isDiverging: true,
    light: [
      0x67001F, 0xB2182B, 0xD6604D, 0xF4A582, 0xFDDBC7, 0xF7F7F7, 0xD1E5F0, 0x92C5DE, 0x4393C3,
      0x2166AC, 0x053061,
    ], dark: coldToWarm.reversed())

  /// From blue for negative numbers to red for positive ones.
  public static let coolWarm = ColorMap(
    "cool-warm", isDiverging: true,
    light: [
      0x3B4CC0, 0x6282EA, 0x8DB0FE, 0xB8D0F9, 0xEDEDED, 0xF5C4AD, 0xF49A7B, 0xDE604D, 0xB40426,
    ], dark: coldToWarm)

  /// On a dark page the ends are bright and the middle matches the page.
  private static let coldToWarm: [UInt32] = [
    0xC0E0FF, 0x79B8FF, 0x388BDF, 0x1F5793, 0x15304F, 0x1B222B, 0x3D1B1D, 0x7F2422, 0xCE4039,
    0xF47067, 0xFFB9AE,
  ]

  /// Returns the colour at a position from 0 to 1, for a light or a dark page.
  func color(at share: Double, isDark: Bool) -> Color {
    let stops = isDark ? dark : light
    let place = min(max(share, 0), 1) * Double(stops.count - 1)
    let lower = min(Int(place), stops.count - 2)
    return stops[lower].mixed(with: stops[lower + 1], by: place - Double(lower))
  }
}
