extension LineChart {
  /// Regions that show the numbers of all series on hover, without a script.
  func spots(on plane: Plane) -> Element {
    let places = spotPlaces
    let xs = places.compactMap(plane.x)
    guard xs.count == places.count, series.count <= 10 else { return Element("g") }
    return Element(
      "g", ["class": "spots"],
      places.indices.map { place in
        let left = place > 0 ? (xs[place - 1] + xs[place]) / 2 : plane.frame.left
        let right = place + 1 < xs.count ? (xs[place] + xs[place + 1]) / 2 : plane.frame.right
        let area = Element(
          "rect",
          [
            "x": left, "y": plane.frame.top, "width": max(0, right - left),
            "height": plane.frame.bottom - plane.frame.top, "fill-opacity": 0,
          ])
        return Element("g", ["class": "spot"], [area, tip(at: places[place], x: xs[place], plane)])
      })
  }

  /// The positions of these regions: each x, or about eighty of them.
  private var spotPlaces: [Double] {
    let drawable = series.flatMap(\.x).filter { Axis.isDrawable($0, on: xScale) }
    let all = Set(drawable).sorted()
    guard all.count > 80 else { return all }
    return (0..<80).map { all[$0 * (all.count - 1) / 79] }
  }

  private func tip(at place: Double, x: Double, _ plane: Plane) -> Element {
    let light = Theme.light
    let found = series.enumerated().compactMap { number, line -> (Int, String, Double)? in
      guard let point = line.x.firstIndex(of: place), line.y[point].isFinite else { return nil }
      let name = Label(line.name).cut(to: 16, measuredBy: \.emWidth)
      return (number, "\(name) \(line.y[point].short)", line.y[point])
    }
    let label = xLabel(at: place).map { Label($0).cut(to: 16, measuredBy: \.emWidth) }
    let heading = label ?? "\(plane.frame.xName) \(place.short)"
    let widest = ([heading] + found.map(\.1)).map { $0.width(atSize: 11.5) }.max() ?? 0
    let (width, height) = (widest + 30, Double(found.count + 1) * 17 + 9)
    let isRight = x < (plane.frame.left + plane.frame.right) / 2
    let (left, top) = (isRight ? x + 10 : x - 10 - width, plane.frame.top + 4)

    let rule = Element(
      "line",
      [
        "class": "axis", "stroke": light.axis, "x1": x, "x2": x, "y1": plane.frame.top,
        "y2": plane.frame.bottom,
      ])
    let box = Element(
      "rect",
      [
        "class": "paper axis", "x": left, "y": top, "width": width, "height": height, "rx": 5,
        "fill": light.paper, "stroke": light.axis,
      ])
    let dots = found.flatMap { number, _, value in
      let area = "area\(number % light.series.count)", color = light.series(number)
      let y = top + 30 + Double(found.firstIndex { $0.0 == number } ?? 0) * 17
      return [
        plane.frame.y(value).map {
          Element("circle", ["class": area, "cx": x, "cy": $0, "r": 4, "fill": color])
        },
        Element("circle", ["class": area, "cx": left + 13, "cy": y - 1, "r": 4, "fill": color]),
      ].compactMap(\.self)
    }
    let words = ([heading] + found.map(\.1)).enumerated().map { line, text in
      Element(
        "text",
        [
          "x": left + (line == 0 ? 9 : 22), "y": top + 16 + Double(line) * 17,
          "font-weight": line == 0 ? 600 : 400,
        ], text: text)
    }
    return Element(
      "g", ["class": "tip", "visibility": "hidden", "pointer-events": "none"],
      [rule, box] + dots
        + [Element("g", ["class": "ink", "fill": light.ink, "font-size": 11.5], words)])
  }
}
