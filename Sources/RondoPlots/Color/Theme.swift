/// The colours of a figure, for light pages and for dark ones.
///
/// Figures carry the light colours as attributes, which every viewer understands, and the dark
/// ones as style rules for viewers that prefer a dark colour scheme.
struct Theme: Sendable {
  let paper: Color
  let ink: Color
  let muted: Color
  let axis: Color
  let grid: Color
  let mark: Color
  /// The colours of series, which readers with common colour blindness can tell apart.
  let series: [Color]

  static let light = Theme(
    paper: Color(0xFFFFFF), ink: Color(0x1F2328), muted: Color(0x59636E), axis: Color(0xB7C0CA),
    grid: Color(0xE8ECF0), mark: Color(0xE16F24),
    series: [
      Color(0x2F6FEB), Color(0xE16F24), Color(0x1A8F4C), Color(0xBF3989), Color(0x8250DF),
      Color(0x0E8A8A), Color(0x9A6700), Color(0x57606A),
    ])

  static let dark = Theme(
    paper: Color(0x151B23), ink: Color(0xE6EDF3), muted: Color(0x9AA5B1), axis: Color(0x4A535E),
    grid: Color(0x262E38), mark: Color(0xFFA657),
    series: [
      Color(0x6EA8FE), Color(0xFFA657), Color(0x56D364), Color(0xFF7BD0), Color(0xBC8CFF),
      Color(0x39C5CF), Color(0xE3B341), Color(0xADB8C4),
    ])

  /// Returns the colour of a series; colours repeat after the last.
  func series(_ place: Int) -> Color { series[place % series.count] }
}
