/// A grid of Braille dots, two by four per character, for lines finer than characters.
struct BrailleGrid {
  /// The size in dots.
  let width: Int
  let height: Int
  private var masks: [UInt32]
  private var owners: [Int]

  /// Creates an empty grid with a size in characters.
  init(columns: Int, rows: Int) {
    width = 2 * columns
    height = 4 * rows
    masks = Array(repeating: 0, count: columns * rows)
    owners = Array(repeating: 0, count: columns * rows)
  }

  /// Sets a dot for a series, which gives the character its colour.
  mutating func set(x: Int, y: Int, owner: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let place = y / 4 * (width / 2) + x / 2
    masks[place] |= Self.bits[y % 4][x % 2]
    owners[place] = owner
  }

  /// Sets the dots of a straight line.
  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), owner: Int) {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y), 1)
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      let x = Double(start.x) + share * Double(end.x - start.x)
      let y = Double(start.y) + share * Double(end.y - start.y)
      set(x: Int(x.rounded()), y: Int(y.rounded()), owner: owner)
    }
  }

  /// Returns the character at a position, with the series that set it last, or `nil` without dots.
  func character(column: Int, row: Int) -> (text: String, owner: Int)? {
    let place = row * (width / 2) + column
    guard masks[place] > 0, let scalar = Unicode.Scalar(0x2800 + masks[place]) else { return nil }
    return (String(Character(scalar)), owners[place])
  }

  private static let bits: [[UInt32]] = [
    [0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80],
  ]
}
