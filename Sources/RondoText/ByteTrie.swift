/// A tree of byte strings, to find the longest that begins at a place.
///
/// The edges lie in one open-addressing table, keyed by node and byte.
struct ByteTrie: Sendable {
  /// An answer that there is no such node, or no value at a node.
  static let none = UInt32.max
  /// The node of the empty string.
  static let root: UInt32 = 0

  /// Node and byte, plus one; zero in an empty place.
  private var keys = [UInt64](repeating: 0, count: 1 << 8)
  private var children = [UInt32](repeating: 0, count: 1 << 8)
  private(set) var values: [UInt32] = [none]
  private var edgeCount = 0

  @inline(__always)
  private static func place(_ key: UInt64, mask: Int) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 28) & mask
  }

  /// Returns the node that a byte leads to, or ``none``.
  @inline(__always)
  func child(of node: UInt32, _ byte: UInt8) -> UInt32 {
    StepCounter.add(1)
    let key = (UInt64(node) &<< 8 | UInt64(byte)) &+ 1
    let mask = keys.count &- 1
    var place = Self.place(key, mask: mask)
    return keys.withUnsafeBufferPointer { keys in
      while keys[place] != key {
        if keys[place] == 0 { return Self.none }
        place = (place &+ 1) & mask
      }
      return children.withUnsafeBufferPointer { $0[place] }
    }
  }

  /// Returns the node of a string, or ``none``.
  func node(of bytes: some Sequence<UInt8>) -> UInt32 {
    var node = Self.root
    for byte in bytes {
      node = child(of: node, byte)
      if node == Self.none { break }
    }
    return node
  }

  /// Adds a string.
  ///
  /// - Parameters:
  ///   - bytes: The string.
  ///   - value: Its value; where the string has one already, that stays.
  mutating func insert(_ bytes: some Sequence<UInt8>, value: UInt32) {
    var node = Self.root
    for byte in bytes {
      let next = child(of: node, byte)
      node = next == Self.none ? add(byte, to: node) : next
    }
    if values[Int(node)] == Self.none { values[Int(node)] = value }
  }

  private mutating func add(_ byte: UInt8, to node: UInt32) -> UInt32 {
    if 2 * edgeCount >= keys.count { grow() }
    let child = UInt32(values.count)
    values.append(Self.none)
    edgeCount += 1
    place((UInt64(node) << 8 | UInt64(byte)) + 1, child)
    return child
  }

  private mutating func place(_ key: UInt64, _ child: UInt32) {
    let mask = keys.count - 1
    var place = Self.place(key, mask: mask)
    while keys[place] != 0 { place = (place + 1) & mask }
    keys[place] = key
    children[place] = child
  }

  private mutating func grow() {
    let (oldKeys, oldChildren) = (keys, children)
    keys = [UInt64](repeating: 0, count: 2 * oldKeys.count)
    children = [UInt32](repeating: 0, count: keys.count)
    for (key, child) in zip(oldKeys, oldChildren) where key != 0 { place(key, child) }
  }
}
