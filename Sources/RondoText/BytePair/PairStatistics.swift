/// How often each pair of symbols occurs, and in which words.
///
/// A pair has a number, given when it is first seen, under which its count and the list of its
/// words lie. The lists share one memory of nodes; a node that is read goes back to be used again.
struct PairStatistics: ~Copyable {
  struct Node {
    var word: Int32
    var next: Int32
  }

  struct Pair {
    var key: UInt64
    var count: Int
    /// The first node of the list of words, or -1.
    var head: Int32
    /// The last word added to the list, or -1, so that a word is added once.
    var lastWord: Int32
  }

  private var pairs = GrowingMemory<Pair>(capacity: 1 << 14)
  private var nodes = GrowingMemory<Node>(capacity: 1 << 16)
  private var freeNode: Int32 = -1
  /// Numbers plus one by hash of the pair; zero is an empty place.
  private var places: UnsafeMutablePointer<UInt32>
  private var bits: UInt64 = 15
  private var mask: Int { 1 << bits - 1 }
  /// The pairs whose lists have grown since they were last taken.
  private var touched = GrowingMemory<Int32>(capacity: 1 << 10)

  init() {
    places = .allocate(capacity: 1 << bits)
    places.initialize(repeating: 0, count: 1 << bits)
  }

  deinit { places.deallocate() }

  /// The memory in use.
  var byteCount: Int { pairs.byteCount + nodes.byteCount + touched.byteCount + 4 << bits }

  /// The two symbols of a pair as one number, which orders pairs by the first, then the second.
  @inline(__always)
  static func key(_ left: UInt32, _ right: UInt32) -> UInt64 { UInt64(left) << 32 | UInt64(right) }

  @inline(__always)
  private func place(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> (64 &- bits))
  }

  /// Returns the number of a pair.
  @inline(__always)
  private mutating func number(_ key: UInt64) -> Int {
    var place = place(of: key)
    while places[place] != 0 {
      let number = Int(places[place]) &- 1
      if pairs[number].key == key { return number }
      place = (place &+ 1) & mask
    }
    pairs.append(Pair(key: key, count: 0, head: -1, lastWord: -1))
    places[place] = UInt32(truncatingIfNeeded: pairs.count)
    if pairs.count &* 2 > mask { grow() }
    return pairs.count &- 1
  }

  @inline(never)
  private mutating func grow() {
    places.deallocate()
    bits += 2
    places = .allocate(capacity: 1 << bits)
    places.initialize(repeating: 0, count: 1 << bits)
    for number in 0..<pairs.count {
      var place = place(of: pairs[number].key)
      while places[place] != 0 { place = (place &+ 1) & mask }
      places[place] = UInt32(truncatingIfNeeded: number &+ 1)
    }
  }

  /// Counts a pair that has come up in a word.
  @inline(__always)
  mutating func add(_ left: UInt32, _ right: UInt32, times: Int, in word: Int32) {
    let number = number(Self.key(left, right))
    pairs.base[number].count &+= times
    if pairs[number].lastWord == word { return }
    if pairs[number].head < 0 { touched.append(Int32(truncatingIfNeeded: number)) }
    pairs.base[number].lastWord = word
    let node = Node(word: word, next: pairs[number].head)
    if freeNode >= 0 {
      let index = freeNode
      freeNode = nodes[Int(index)].next
      nodes[Int(index)] = node
      pairs.base[number].head = index
    } else {
      nodes.append(node)
      pairs.base[number].head = Int32(truncatingIfNeeded: nodes.count &- 1)
    }
  }

  /// Counts a pair that has gone from a word.
  @inline(__always)
  mutating func remove(_ left: UInt32, _ right: UInt32, times: Int) {
    let number = number(Self.key(left, right))
    pairs.base[number].count &-= times
  }

  /// Returns the count of a pair by its number.
  @inline(__always)
  func count(_ number: Int32) -> Int { pairs[Int(number)].count }

  /// Moves the pairs with new words, each with the list of those words, to a queue.
  mutating func moveTouched(to queue: inout PairQueue) {
    for i in 0..<touched.count {
      let number = touched[i]
      let pair = pairs[Int(number)]
      if pair.count > 0 {
        queue.insert(
          PairQueue.Entry(count: pair.count, key: pair.key, number: number, list: pair.head))
      } else {
        var list = pair.head
        while next(&list) != nil {}
      }
      pairs.base[Int(number)].head = -1
      pairs.base[Int(number)].lastWord = -1
    }
    touched.removeAll()
  }

  /// Takes the next word of a list; its node may be used again.
  @inline(__always)
  mutating func next(_ list: inout Int32) -> Int32? {
    if list < 0 { return nil }
    let node = nodes[Int(list)]
    nodes[Int(list)] = Node(word: -1, next: freeNode)
    freeNode = list
    list = node.next
    return node.word
  }
}
