/// The repeated substrings of words, found by sorting the suffixes.
///
/// Suffixes are compared up to a maximum length, that of the longest piece, and never beyond the
/// end of their word. Substrings that share a prefix are then adjacent, and each substring that
/// occurs before different symbols is a node of the prefix tree.
struct SuffixArray: ~Copyable {
  /// A substring: it begins each of the suffixes from `first` on.
  struct Node: BitwiseCopyable {
    var first: Int32
    var count: Int32
    var length: Int32
    /// The number of occurrences, weighted by the counts of the words.
    var frequency: Int
  }

  /// The positions of the suffixes in sorted order.
  private(set) var positions: [Int32]
  private let text: UnsafePointer<UInt32>
  private let depth: Int

  /// Sorts the suffixes of a text.
  ///
  /// - Parameters:
  ///   - text: Words of symbols, each followed by a zero; it must outlive the array.
  ///   - count: The length of the text.
  ///   - depth: The number of symbols that are compared.
  init(_ text: UnsafePointer<UInt32>, count: Int, depth: Int) {
    self.text = text
    self.depth = depth
    positions = (0..<count).filter { text[$0] != 0 }.map { Int32($0) }
    positions.withUnsafeMutableBufferPointer {
      Self.sort($0, text: text, from: 0, to: depth)
    }
  }

  /// Sorts suffixes that are equal up to `start`, by the symbol there, and equal ones further on.
  private static func sort(
    _ all: UnsafeMutableBufferPointer<Int32>, text: UnsafePointer<UInt32>, from start: Int,
    to depth: Int
  ) {
    var (suffixes, start) = (all, start)
    while suffixes.count > 1, start < depth {
      if suffixes.count < 12 {
        insertionSort(suffixes, text: text, from: start, to: depth)
        return
      }
      let pivot = middleSymbol(suffixes, text: text, at: start)
      var (low, i, high) = (0, 0, suffixes.count)
      while i < high {
        let symbol = text[Int(suffixes[i]) &+ start]
        if symbol < pivot {
          suffixes.swapAt(low, i)
          low &+= 1
          i &+= 1
        } else if symbol > pivot {
          high &-= 1
          suffixes.swapAt(i, high)
        } else {
          i &+= 1
        }
      }
      sort(.init(rebasing: suffixes[..<low]), text: text, from: start, to: depth)
      sort(.init(rebasing: suffixes[high...]), text: text, from: start, to: depth)
      if pivot == 0 { return }
      suffixes = .init(rebasing: suffixes[low..<high])
      start += 1
    }
  }

  private static func middleSymbol(
    _ suffixes: UnsafeMutableBufferPointer<Int32>, text: UnsafePointer<UInt32>, at start: Int
  ) -> UInt32 {
    let a = text[Int(suffixes[0]) + start]
    let b = text[Int(suffixes[suffixes.count / 2]) + start]
    let c = text[Int(suffixes[suffixes.count - 1]) + start]
    return max(min(a, b), min(max(a, b), c))
  }

  private static func insertionSort(
    _ suffixes: UnsafeMutableBufferPointer<Int32>, text: UnsafePointer<UInt32>, from start: Int,
    to depth: Int
  ) {
    for i in 1..<suffixes.count {
      let suffix = suffixes[i]
      var j = i
      while j > 0, precedes(suffix, suffixes[j - 1], text: text, from: start, to: depth) {
        suffixes[j] = suffixes[j - 1]
        j -= 1
      }
      suffixes[j] = suffix
    }
  }

  @inline(__always)
  private static func precedes(
    _ a: Int32, _ b: Int32, text: UnsafePointer<UInt32>, from start: Int, to depth: Int
  ) -> Bool {
    var i = start
    while i < depth {
      let (x, y) = (text[Int(a) &+ i], text[Int(b) &+ i])
      if x != y { return x < y }
      if x == 0 { return false }
      i &+= 1
    }
    return false
  }

  /// Returns the length of the common prefix of two adjacent suffixes.
  private func commonLength(_ i: Int, _ j: Int) -> Int {
    let (a, b) = (text + Int(positions[i]), text + Int(positions[j]))
    var length = 0
    while length < depth, a[length] != 0, a[length] == b[length] { length += 1 }
    return length
  }

  private func length(_ i: Int) -> Int {
    let suffix = text + Int(positions[i])
    var length = 0
    while length < depth, suffix[length] != 0 { length += 1 }
    return length
  }

  /// Calls `body` with every substring of two symbols or more that is at most as long as a piece
  /// may be, occurs at least twice, and is not always followed by the same symbol.
  ///
  /// - Parameters:
  ///   - weights: The count of the word at each position.
  ///   - body: Receives a substring.
  func forEachRepeat(weights: UnsafePointer<Int32>, _ body: (Node) -> Void) {
    var open: [Node] = []
    func close(to length: Int, end: Int) {
      var first = end
      var frequency = 0
      while let node = open.last, Int(node.length) > length {
        open.removeLast()
        let total = node.frequency + frequency
        if node.length > 1, total > 1, Int(node.length) < depth {
          body(
            Node(
              first: node.first, count: Int32(end) - node.first, length: node.length,
              frequency: total))
        }
        first = Int(node.first)
        frequency = total
      }
      if let node = open.last, Int(node.length) == length {
        open[open.count - 1].frequency += frequency
      } else if length > 0 {
        open.append(
          Node(first: Int32(first), count: 0, length: Int32(length), frequency: frequency))
      }
    }
    for i in positions.indices {
      let common = i == 0 ? 0 : commonLength(i - 1, i)
      close(to: common, end: i)
      let length = length(i)
      let weight = Int(weights[Int(positions[i])])
      if let node = open.last, Int(node.length) == length {
        open[open.count - 1].frequency += weight
      } else {
        open.append(
          Node(first: Int32(i), count: 0, length: Int32(length), frequency: weight))
      }
    }
    close(to: 0, end: positions.count)
  }
}
