import Testing

@testable import RondoPlots

struct ColorMapTests {
  @Test(
    "Viridis is matplotlib's",
    arguments: [
      (0.0, 0x440154), (0.25, 0x3B528B), (0.5, 0x21918C), (0.75, 0x5EC962), (1, 0xFDE725),
    ])
  func viridis(share: Double, hex: Int) {
    let (found, expected) = (
      ColorMap.viridis.color(at: share, isDark: false), Color(UInt32(hex))
    )
    #expect(abs(found.red - expected.red) <= 5)
    #expect(abs(found.green - expected.green) <= 5)
    #expect(abs(found.blue - expected.blue) <= 5)
  }

  @Test(
    "Blues is matplotlib's",
    arguments: [
      (0.0, 0xF7FBFF), (0.25, 0xC6DBEF), (0.5, 0x6BAED6), (0.75, 0x2171B5), (1, 0x08306B),
    ])
  func blues(share: Double, hex: Int) {
    #expect(ColorMap.blues.color(at: share, isDark: false) == Color(UInt32(hex)))
  }

  @Test("Shares outside 0 to 1 take the colours at the ends")
  func ends() {
    for map in [ColorMap.blues, .viridis, .redBlue, .coolWarm] {
      #expect(map.color(at: -3, isDark: false) == map.color(at: 0, isDark: false))
      #expect(map.color(at: 7, isDark: true) == map.color(at: 1, isDark: true))
    }
  }

  @Test("Diverging maps agree in light and dark about which end is red", arguments: [0.0, 1])
  func directions(end: Double) {
    for map in [ColorMap.redBlue, .coolWarm] {
      let (light, dark) = (map.color(at: end, isDark: false), map.color(at: end, isDark: true))
      #expect((light.red > light.blue) == (dark.red > dark.blue))
    }
    #expect(ColorMap.redBlue.color(at: 0, isDark: false).red > 100)
    #expect(ColorMap.coolWarm.color(at: 0, isDark: false).blue > 100)
  }

  @Test("Colours are written in six digits")
  func hex() {
    #expect(Color(0x0A00FF).hex == "#0a00ff")
    #expect(Color(0).mixed(with: Color(0xFFFFFF), by: 0.5).hex == "#808080")
  }
}
