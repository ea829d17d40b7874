/// Finds the most probable segmentation of a stretch of text, and owns the memory for it.
final class UnigramLattice {
  /// The best path to a position.
  private struct Best {
    var score: Double
    /// The score of the second best path, where it is requested.
    var secondScore: Double
    var start: Int32
    /// The identifier of the last piece, or -1 for an unknown character.
    var id: Int32
  }

  /// A piece of a segmentation.
  struct Step {
    /// The identifier, or -1 for an unknown character.
    var id: Int32
    var start: Int32
    var end: Int32
  }

  private let model: UnigramModel
  /// Whether a piece may be used, by identifier; empty if all may.
  private let isBarred: [Bool]
  private var best: UnsafeMutablePointer<Best>
  private var capacity = 256
  /// The segmentation, from left to right.
  private(set) var steps: [Step] = []

  init(_ model: UnigramModel, barring reserved: Set<Int>) {
    self.model = model
    best = .allocate(capacity: capacity)
    if reserved.isEmpty {
      isBarred = []
    } else {
      isBarred = (0..<model.count).map { reserved.contains($0) }
    }
  }

  deinit { best.deallocate() }

  /// How the scores of segmentations are summed, starting from a given sum.
  enum Sums {
    /// In single precision.
    case single(Double)
    /// In double precision.
    case double(Double)
  }

  /// Finds the best segmentation, which is then in ``steps``.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - sums: How scores are summed.
  /// - Returns: The best score, and the margin to the second best segmentation if `sums` is
  ///   `.double`.
  func segment(_ text: UnsafeBufferPointer<UInt8>, _ sums: Sums) -> (score: Double, margin: Double)
  {
    prepare(count: text.count)
    switch sums {
    case .single(let start):
      best[0].score = start
      fillSingle(text)
    case .double(let start):
      best[0].score = start
      fillDouble(text)
    }
    collectSteps(end: text.count)
    let last = best[text.count]
    return (last.score, last.score - last.secondScore)
  }

  private func prepare(count: Int) {
    if count >= capacity {
      best.deallocate()
      capacity = 2 * count + 2
      best = .allocate(capacity: capacity)
    }
    let unreached = Best(
      score: -.infinity, secondScore: -.infinity, start: -1, id: -1)
    best.initialize(repeating: unreached, count: count + 1)
  }

  /// Single-precision sums that fall below this restart at zero, so that they stay precise.
  static let lowestSum = -100_000.0

  private func fillSingle(_ text: UnsafeBufferPointer<UInt8>) {
    let longest = model.trie.longestKey
    forEachEdge(in: text) { best, start in
      let base = best[start].score
      if base >= Self.lowestSum { return }
      for i in start...min(start + longest, text.count) where best[i].start >= 0 || i == start {
        best[i].score = Double(Float(best[i].score - base))
      }
    } edge: { best, start, end, id, cost in
      let score = Double(Float(best[start].score + cost))
      if best[end].start < 0 || score > best[end].score {
        best[end].score = score
        best[end].start = Int32(truncatingIfNeeded: start)
        best[end].id = id
      }
    }
  }

  private func fillDouble(_ text: UnsafeBufferPointer<UInt8>) {
    forEachEdge(in: text) { _, _ in
    } edge: { best, start, end, id, cost in
      let score = best[start].score + cost
      if score > best[end].score || best[end].start < 0 {
        best[end].secondScore = max(best[end].score, best[start].secondScore + cost)
        best[end].score = score
        best[end].start = Int32(truncatingIfNeeded: start)
        best[end].id = id
      } else if score > best[end].secondScore {
        best[end].secondScore = score
      }
    }
  }

  /// Calls `begin` with every reachable position, from left to right, and then `body` with every
  /// piece that begins there, short ones first, and with an unknown character.
  @inline(__always)
  private func forEachEdge(
    in text: UnsafeBufferPointer<UInt8>, _ begin: (UnsafeMutablePointer<Best>, Int) -> Void,
    edge body: (UnsafeMutablePointer<Best>, Int, Int, Int32, Double) -> Void
  ) {
    let (best, nodes, count) = (best, model.trie.nodes, text.count)
    var steps = 0
    model.costs.withUnsafeBufferPointer { costs in
      var start = 0
      while start < count {
        begin(best, start)
        let length = min(UTF8Lead.length(text[start]), count &- start)
        var hasSingle = false
        var (node, position) = (0, start)
        while position < count {
          let byte = text[position]
          let next = Int(nodes[node].link &>> 9) ^ Int(byte)
          guard nodes[next].link & 0x1FF == UInt32(byte) &+ 1 else { break }
          node = next
          position &+= 1
          let id = nodes[node].value
          if id == DoubleArrayTrie.none || (!isBarred.isEmpty && isBarred[Int(id)]) { continue }
          if position &- start == length { hasSingle = true }
          body(best, start, position, id, costs[Int(id)])
        }
        steps &+= position &- start &+ 1
        if !hasSingle {
          body(best, start, start &+ length, -1, model.unknownCost)
        }
        start &+= length
      }
    }
    StepCounter.add(steps)
  }

  /// A piece or an unknown character that may be part of a segmentation.
  struct Edge {
    var start: Int
    var end: Int
    var id: Int32
    var cost: Double
  }

  /// Returns all edges, in the order of their starts.
  func edges(of text: UnsafeBufferPointer<UInt8>) -> [Edge] {
    prepare(count: text.count)
    best[0].score = 0
    var edges: [Edge] = []
    forEachEdge(in: text) { _, _ in
    } edge: { _, start, end, id, cost in
      edges.append(Edge(start: start, end: end, id: id, cost: cost))
    }
    return edges
  }

  /// Sets a segmentation that was computed elsewhere.
  func replaceSteps(_ steps: [Step]) { self.steps = steps }

  private func collectSteps(end: Int) {
    steps.removeAll(keepingCapacity: true)
    var end = Int32(truncatingIfNeeded: end)
    while end > 0 {
      let last = best[Int(end)]
      steps.append(Step(id: last.id, start: last.start, end: end))
      end = last.start
    }
    steps.reverse()
  }
}

/// The first byte of a character.
enum UTF8Lead {
  /// Returns the number of bytes that a character has by its first byte; one for a byte that
  /// cannot be the first.
  @inline(__always)
  static func length(_ byte: UInt8) -> Int {
    byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }
}
