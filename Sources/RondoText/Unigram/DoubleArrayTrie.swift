/// Finds all keys that begin at a position, byte by byte, as a double array.
///
/// The place of a child is the base of its parent, exclusive-or the byte; no two parents share a
/// base, so that a place whose byte is right belongs to the right parent.
final class DoubleArrayTrie: @unchecked Sendable {
  struct Node {
    /// The base in the upper bits; below, the byte that leads here plus one, or zero if unused.
    var link: UInt32
    /// The value of the key that ends here, or ``none``.
    var value: Int32
  }

  /// The value of a node at which no key ends.
  static let none: Int32 = -1
  /// The length of the longest key.
  let longestKey: Int
  /// The root is the first node.
  let nodes: UnsafeMutablePointer<Node>
  /// The number of nodes, a multiple of 256, so that a child of any base is in bounds.
  let count: Int

  /// Creates a trie.
  ///
  /// - Parameter keys: The keys and their values; none empty, none twice.
  init(_ keys: [(bytes: [UInt8], value: Int)]) {
    var builder = DoubleArrayTrieBuilder()
    builder.build(keys.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) })
    count = builder.nodes.count
    nodes = .allocate(capacity: count)
    nodes.initialize(from: builder.nodes, count: count)
    longestKey = keys.reduce(0) { max($0, $1.bytes.count) }
  }

  deinit { nodes.deallocate() }

  /// Returns the child of a node.
  @inline(__always)
  func child(of node: Int, _ byte: UInt8) -> Int? {
    let place = Int(nodes[node].link &>> 9) ^ Int(byte)
    return nodes[place].link & 0x1FF == UInt32(byte) &+ 1 ? place : nil
  }

  /// Returns the length and value of the longest key that begins at a position.
  func longestMatch(
    in bytes: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> (length: Int, value: Int)? {
    var longest: (length: Int, value: Int)?
    var (node, position) = (0, start)
    while position < bytes.count, let next = child(of: node, bytes[position]) {
      StepCounter.add(1)
      node = next
      position += 1
      if nodes[node].value != Self.none { longest = (position - start, Int(nodes[node].value)) }
    }
    return longest
  }
}

/// Lays out the nodes of a trie.
private struct DoubleArrayTrieBuilder {
  private(set) var nodes: [DoubleArrayTrie.Node] = []
  private var isBaseTaken: [Bool] = []
  /// The places that are free, in order, as a list through the array; the last leads to the end.
  private var firstOpen = 0

  typealias Key = (bytes: [UInt8], value: Int)

  /// A node whose children are to be placed, and the keys that lead through it.
  private struct Branch {
    var node: Int
    var keys: ArraySlice<Key>
    var depth: Int
  }

  mutating func build(_ keys: [Key]) {
    addBlock()
    nodes[0].link = 1 << 8 | 1  // Never free, and no byte leads to it.
    isBaseTaken[0] = true  // The base of nodes without children.
    // A stack of its own, because a key may be longer than the calls that a thread can nest.
    var open = [Branch(node: 0, keys: keys[...], depth: 0)]
    while let branch = open.popLast() { open += place(childrenOf: branch).reversed() }
  }

  private mutating func addBlock() {
    nodes += repeatElement(DoubleArrayTrie.Node(link: 0, value: DoubleArrayTrie.none), count: 256)
    isBaseTaken += repeatElement(false, count: 256)
  }

  /// Places the children of a node; returns those that have children themselves.
  private mutating func place(childrenOf branch: Branch) -> [Branch] {
    var keys = branch.keys
    if let first = keys.first, first.bytes.count == branch.depth {
      nodes[branch.node].value = Int32(first.value)
      keys = keys.dropFirst()
    }
    guard !keys.isEmpty else { return [] }
    var groups: [(byte: UInt8, keys: ArraySlice<Key>)] = []
    var start = keys.startIndex
    while start < keys.endIndex {
      let byte = keys[start].bytes[branch.depth]
      var end = start + 1
      while end < keys.endIndex, keys[end].bytes[branch.depth] == byte { end += 1 }
      groups.append((byte, keys[start..<end]))
      start = end
    }
    let base = findBase(groups.map(\.byte))
    isBaseTaken[base] = true
    nodes[branch.node].link = nodes[branch.node].link & 0x1FF | UInt32(base) << 9
    for group in groups { nodes[base ^ Int(group.byte)].link = UInt32(group.byte) + 1 }
    return groups.map { group in
      Branch(node: base ^ Int(group.byte), keys: group.keys, depth: branch.depth + 1)
    }
  }

  private mutating func findBase(_ bytes: [UInt8]) -> Int {
    while firstOpen < nodes.count, nodes[firstOpen].link != 0 { firstOpen += 1 }
    var tried = 0
    var open = max(firstOpen, nodes.count - 16 * 256)
    while open < nodes.count, tried < 256 {
      if nodes[open].link == 0 {
        let base = open ^ Int(bytes[0])
        if !isBaseTaken[base], bytes.allSatisfy({ nodes[base ^ Int($0)].link == 0 }) { return base }
        tried += 1
      }
      open += 1
    }
    let block = nodes.count
    addBlock()
    return block
  }
}
