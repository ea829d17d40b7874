/// A trie of byte strings in the form of a double array, which finds all keys at a position.
///
/// The index of a child is the base of its parent, exclusive-or the byte; no two parents share a
/// base, so that a slot with the right byte belongs to the right parent.
///
/// Unchecked, because of the pointer: a builder lays out the nodes before the trie exists, and
/// nothing changes them afterwards.
final class DoubleArrayTrie: @unchecked Sendable {
  struct Node {
    /// The base in the upper bits; below, the byte that leads here plus one, or zero if unused.
    var link: UInt32
    /// The value of the key that ends here, or ``none``.
    var value: Int32
  }

  /// The maximum number of nodes.
  ///
  /// A trie needs one for each byte of its keys, counting shared prefixes once, and more where
  /// branches do not fit together; a link can address somewhat more.
  static let limit = 5 << 19

  /// The node that no byte leads to.
  static let root: Int? = 0
  /// The value of a node at which no key ends.
  static let none: Int32 = -1
  /// The length of the longest key.
  let longestKey: Int
  private let memory: GrowingMemory<Node>
  /// The root is the first node.
  let nodes: UnsafeMutablePointer<Node>
  /// Creates a trie, `nil` if it would be larger than ``limit``.
  ///
  /// - Parameters:
  ///   - vocabulary: The tokens.
  ///   - ids: The identifiers of those that are keys, without duplicates; they are the values.
  init?(_ vocabulary: Vocabulary, ids: some Sequence<Int>) {
    var builder = DoubleArrayTrieBuilder(vocabulary, ids: ids)
    guard builder.build() else { return nil }
    longestKey = builder.longestKey
    memory = builder.finish()
    nodes = memory.base
  }

  /// The error for a file whose tokens need too large a trie.
  static func tooLarge(file: String) -> RondoTextError {
    .unsupported(
      file: file, component: "a tree of tokens with more than \(limit) nodes")
  }

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
private struct DoubleArrayTrieBuilder: ~Copyable {
  private let vocabulary: Vocabulary
  /// The identifiers of the keys in the order of their bytes.
  private let keys: [UInt32]
  let longestKey: Int
  /// The number of bytes of all keys, counting shared prefixes once.
  private let byteCount: Int
  /// Always a multiple of 256 nodes, so that a child of any base is in bounds.
  private var nodes: GrowingMemory<DoubleArrayTrie.Node>
  /// Which slots are taken, and which serve as a base: a bit for each.
  private var taken: [UInt64] = []
  private var bases: [UInt64] = []
  /// The first word of these bits that may have a free slot.
  private var firstOpen = 0
  /// An explicit stack, because a key may be longer than a thread can nest calls.
  private var open: [Branch] = []
  /// The bytes that lead from a node, and the first key of each.
  private var groups: [(byte: UInt8, first: Int)] = []

  /// A node whose children are to be placed, and the keys that lead through it.
  struct Branch {
    var node: Int
    var keys: Range<Int>
    var depth: Int
  }

  init(_ vocabulary: Vocabulary, ids: some Sequence<Int>) {
    self.vocabulary = vocabulary
    var keys = ids.map { UInt32($0) }
    keys.sort { first, second in
      vocabulary.withBytes(of: Int(first)) { first in
        vocabulary.withBytes(of: Int(second)) { first.lexicographicallyPrecedes($0) }
      }
    }
    self.keys = keys
    longestKey = keys.reduce(0) { max($0, vocabulary.byteCount(of: Int($1))) }
    let shared = zip(keys, keys.dropFirst()).reduce(0) { count, pair in
      vocabulary.withBytes(of: Int(pair.0)) { first in
        vocabulary.withBytes(of: Int(pair.1)) { second in
          var length = 0
          while length < first.count, first[length] == second[length] { length += 1 }
          return count + length
        }
      }
    }
    byteCount = keys.reduce(-shared) { $0 + vocabulary.byteCount(of: Int($1)) }
    nodes = GrowingMemory(capacity: byteCount <= DoubleArrayTrie.limit ? byteCount + 512 : 0)
  }

  /// Places all nodes; returns whether they are within the limit.
  mutating func build() -> Bool {
    if byteCount > DoubleArrayTrie.limit { return false }
    addBlock()
    nodes[0].link = 1 << 8 | 1  // No byte leads to it.
    taken[0] = 1
    bases[0] = 1  // The base of nodes without children.
    if !keys.isEmpty { open = [Branch(node: 0, keys: keys.indices, depth: 0)] }
    while let branch = open.popLast() {
      placeChildren(of: branch)
      if nodes.count > DoubleArrayTrie.limit { return false }
    }
    return true
  }

  consuming func finish() -> GrowingMemory<DoubleArrayTrie.Node> { nodes }

  private mutating func addBlock() {
    nodes.reserve(256, growingBy: nodes.count / 8)
    for _ in 0..<256 {
      nodes.append(DoubleArrayTrie.Node(link: 0, value: DoubleArrayTrie.none))
    }
    taken += repeatElement(0, count: 4)
    bases += repeatElement(0, count: 4)
  }

  /// Places the children of a node, and pushes them onto the stack.
  private mutating func placeChildren(of branch: Branch) {
    var start = branch.keys.lowerBound
    if vocabulary.byteCount(of: Int(keys[start])) == branch.depth {
      nodes[branch.node].value = Int32(keys[start])
      start += 1
    }
    guard start < branch.keys.upperBound else { return }
    groups.removeAll(keepingCapacity: true)
    for place in start..<branch.keys.upperBound {
      let byte = vocabulary.withBytes(of: Int(keys[place])) { $0[branch.depth] }
      if groups.last?.byte != byte { groups.append((byte, place)) }
    }
    let base = findBase()
    bases[base / 64] |= 1 << UInt64(base % 64)
    nodes[branch.node].link = nodes[branch.node].link & 0x1FF | UInt32(base) << 9
    var end = branch.keys.upperBound
    for group in groups {
      let place = base ^ Int(group.byte)
      nodes[place].link = UInt32(group.byte) + 1
      taken[place / 64] |= 1 << UInt64(place % 64)
    }
    for group in groups.reversed() {
      open.append(
        Branch(node: base ^ Int(group.byte), keys: group.first..<end, depth: branch.depth + 1))
      end = group.first
    }
  }

  private mutating func findBase() -> Int {
    while firstOpen < taken.count, taken[firstOpen] == .max { firstOpen += 1 }
    var tried = 0
    for word in max(firstOpen, taken.count - 64)..<max(firstOpen, taken.count) where tried < 256 {
      var open = ~taken[word]
      while open != 0 {
        let base = (64 * word + open.trailingZeroBitCount) ^ Int(groups[0].byte)
        if !isSet(base, in: bases),
          groups.allSatisfy({ !isSet(base ^ Int($0.byte), in: taken) })
        {
          return base
        }
        open &= open - 1
        tried += 1
      }
    }
    let block = nodes.count
    addBlock()
    return block
  }

  @inline(__always)
  private func isSet(_ place: Int, in bits: [UInt64]) -> Bool {
    bits[place / 64] >> UInt64(place % 64) & 1 == 1
  }
}
