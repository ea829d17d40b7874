#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Estimates the probabilities of pieces, and prunes the least important ones.
///
/// The occurrences of each piece are known from the suffix array and stored once: a row of edges
/// for every position of the corpus. A round of estimation reads the rows from left to right
/// without any lookups.
final class UnigramEstimator {
  /// An edge is the length of a piece in the upper six bits, and its number.
  private static let lengthShift: UInt32 = 26
  private static let idMask: UInt32 = (1 << 26) - 1

  private struct Arrival {
    var id: Int
    var length: Int
  }

  private let corpus: UnigramCorpus
  private let seeds: UnigramSeeds
  private let alphabetCount: Int
  /// The log-probability of each piece, the characters first; minus infinity for pruned ones.
  let scores: UnsafeMutableBufferPointer<Double>
  /// Where the row of each position begins.
  private var rows: [Int32]
  private var edges: [UInt32] = []
  private let expected: UnsafeMutableBufferPointer<Double>
  /// For each position of a word, the score of the best path to it, and the weights of all paths to
  /// it and from it, relative to the best.
  private let best: UnsafeMutablePointer<Double>
  private let forward: UnsafeMutablePointer<Double>
  private let backward: UnsafeMutablePointer<Double>
  /// The weight of each edge of a word, in the order of the rows.
  private let weights: UnsafeMutablePointer<Double>
  /// The last piece on the best path to each position.
  private let arrivals: UnsafeMutablePointer<Arrival>
  /// The mean log-likelihood of a word at the last estimation.
  private(set) var logLikelihood = 0.0

  init(_ corpus: UnigramCorpus, seeds: UnigramSeeds) {
    self.corpus = corpus
    self.seeds = seeds
    alphabetCount = corpus.alphabet.count
    let pieceCount = alphabetCount + seeds.seeds.count
    rows = [Int32](repeating: 0, count: corpus.symbols.count + 1)
    expected = .allocate(capacity: pieceCount)
    scores = .allocate(capacity: pieceCount)
    let coverage =
      corpus.characterCounts.map(Double.init)
      + seeds.seeds.map { Double($0.frequency * $0.length) }
    let total = log(coverage.reduce(0, +))
    _ = scores.initialize(from: coverage.map { log($0) - total })
    expected.initialize(repeating: 0)
    let longest = (corpus.words.map(\.length).max() ?? 0) + 1
    best = .allocate(capacity: longest)
    forward = .allocate(capacity: longest)
    backward = .allocate(capacity: longest)
    arrivals = .allocate(capacity: longest)
    // At most one edge for each length that a piece may have leaves a position.
    let longestSeed = seeds.seeds.reduce(1) { max($0, $1.length) }
    weights = .allocate(capacity: longest * longestSeed)
    listEdges()
  }

  deinit {
    for memory in [best, forward, backward, weights] { memory.deallocate() }
    scores.deallocate()
    expected.deallocate()
    arrivals.deallocate()
  }

  /// Writes a row of edges for each position: counts first, and then fills in.
  private func listEdges() {
    for seed in seeds.seeds {
      for i in seed.first..<seed.first + seed.count { rows[Int(seeds.positions[i]) + 1] += 1 }
    }
    for position in 1..<rows.count { rows[position] += rows[position - 1] }
    edges = [UInt32](repeating: 0, count: Int(rows[rows.count - 1]))
    var next = rows
    for (index, seed) in seeds.seeds.enumerated() {
      let edge = UInt32(seed.length) << Self.lengthShift | UInt32(alphabetCount + index)
      for i in seed.first..<seed.first + seed.count {
        let position = Int(seeds.positions[i])
        edges[Int(next[position])] = edge
        next[position] += 1
      }
    }
  }

  /// The memory in use.
  var byteCount: Int {
    8 * corpus.symbols.count + 4 * rows.count + 4 * edges.count + 16 * scores.count
      + 40 * seeds.seeds.count
  }

  /// The number of pieces that are not pruned.
  var liveCount: Int { scores.count { $0.isFinite } }

  /// The lowest score.
  var lowestScore: Double { scores.lazy.filter(\.isFinite).min() ?? 0 }

  /// Returns the pieces of two characters or more that are not pruned.
  func liveSeeds() -> [(position: Int, length: Int, score: Double)] {
    seeds.seeds.indices.compactMap { index in
      let score = scores[alphabetCount + index]
      guard score.isFinite else { return nil }
      let seed = seeds.seeds[index]
      return (Int(seeds.positions[seed.first]), seed.length, score)
    }
  }

  /// Runs one step of expectation and maximization.
  func estimate() {
    for i in expected.indices { expected[i] = 0 }
    var total = 0.0
    let unknown = lowestScore - 10
    for word in corpus.words { total += Double(word.count) * addExpectations(of: word, unknown) }
    logLikelihood = total / Double(corpus.wordCount)
    // A piece with an expected count below one half is pruned.
    var sum = 0.0
    for i in expected.indices {
      if expected[i] < 0.5 { expected[i] = 0 }
      sum += expected[i]
    }
    let logSum = Self.digamma(sum)
    for i in scores.indices {
      scores[i] = expected[i] > 0 ? Self.digamma(expected[i]) - logSum : -.infinity
    }
  }

  /// Calls `body` with the edges that begin at a position: the piece and its length in symbols; a
  /// pruned character is still an edge.
  @inline(__always)
  private func forEachEdge(
    _ edges: UnsafeBufferPointer<UInt32>, _ rows: UnsafeBufferPointer<Int32>,
    _ symbols: UnsafeBufferPointer<UInt32>, at position: Int, _ body: (Int, Int) -> Void
  ) {
    body(Int(symbols[position]) &- 1, 1)
    for i in Int(rows[position])..<Int(rows[position &+ 1]) {
      body(Int(edges[i] & Self.idMask), Int(edges[i] &>> Self.lengthShift))
    }
  }

  /// Adds the expected counts of the pieces in a word; returns the log-probability of the word.
  private func addExpectations(of word: UnigramCorpus.Word, _ unknown: Double) -> Double {
    let length = word.length
    let (scores, best, forward, backward) = (scores, best, forward, backward)
    let (expected, weights, alphabetCount) = (expected, weights, alphabetCount)
    for i in 0...length { (best[i], forward[i], backward[i]) = (-.infinity, 0, 0) }
    (best[0], forward[0], backward[length]) = (0, 1, 1)
    var next = 0
    return edges.withUnsafeBufferPointer { edges in
      rows.withUnsafeBufferPointer { rows in
        corpus.symbols.withUnsafeBufferPointer { symbols in
          for i in 0..<length {
            let score = best[i]
            forEachEdge(edges, rows, symbols, at: word.start &+ i) { id, count in
              let sum = score + (id < alphabetCount ? max(scores[id], unknown) : scores[id])
              if sum > best[i &+ count] { best[i &+ count] = sum }
            }
          }
          for i in 0..<length {
            let (score, weight) = (best[i], forward[i])
            forEachEdge(edges, rows, symbols, at: word.start &+ i) { id, count in
              let own = id < alphabetCount ? max(scores[id], unknown) : scores[id]
              let difference = score + own - best[i &+ count]
              let share = difference > -40 ? exp(difference) : 0
              weights[next] = share
              next &+= 1
              forward[i &+ count] += weight * share
            }
          }
          let scale = Double(word.count) / forward[length]
          for i in stride(from: length &- 1, through: 0, by: -1) {
            let row = 1 &+ Int(rows[word.start &+ i &+ 1] &- rows[word.start &+ i])
            next &-= row
            var edge = next
            var sum = 0.0
            let weight = forward[i] * scale
            forEachEdge(edges, rows, symbols, at: word.start &+ i) { id, count in
              let onward = weights[edge] * backward[i &+ count]
              edge &+= 1
              sum += onward
              if scores[id] > -.infinity { expected[id] += weight * onward }
            }
            backward[i] = sum
          }
          return best[length] + log(forward[length])
        }
      }
    }
  }

  /// Prunes pieces until `count` are left, those first whose loss costs the text the least.
  func drop(to count: Int) {
    let unknown = lowestScore - 10
    let frequencies = bestFrequencies(unknown: unknown)
    let sum = frequencies.reduce(0, +)
    let logSum = log(sum)
    var kept = 0
    var candidates: [(id: Int, loss: Double)] = []
    for id in scores.indices where scores[id].isFinite {
      if id < alphabetCount {
        if frequencies[id] > 0 { kept += 1 } else { scores[id] = -.infinity }
        continue
      }
      guard frequencies[id] > 0, let others = alternative(to: id, unknown: unknown) else {
        scores[id] = -.infinity
        continue
      }
      let own = frequencies[id]
      let othersSum = log(sum + own * Double(others.count - 1))
      let other = others.reduce(0) { $0 + log(frequencies[$1] + own) - othersSum }
      candidates.append(
        (id, own / Double(corpus.wordCount) * (log(own) - logSum - other)))
    }
    candidates.sort { ($0.loss, $1.id) > ($1.loss, $0.id) }
    for candidate in candidates.dropFirst(max(0, count - kept)) {
      scores[candidate.id] = -.infinity
    }
    forgetDropped()
  }

  /// Returns the counts of the pieces in the best segmentations.
  private func bestFrequencies(unknown: Double) -> [Double] {
    var frequencies = [Double](repeating: 0, count: scores.count)
    for word in corpus.words {
      let path = bestPath(from: word.start, length: word.length, without: -1, unknown: unknown).path
      for id in path { frequencies[id] += Double(word.count) }
    }
    return frequencies
  }

  /// Returns the pieces that would replace a piece if it were pruned; `nil` if they are preferred
  /// anyway.
  private func alternative(to id: Int, unknown: Double) -> [Int]? {
    let seed = seeds.seeds[id - alphabetCount]
    let found = bestPath(
      from: Int(seeds.positions[seed.first]), length: seed.length, without: id,
      unknown: unknown)
    return found.score > scores[id] ? nil : found.path
  }

  private func bestPath(
    from start: Int, length: Int, without barred: Int, unknown: Double
  ) -> (score: Double, path: [Int]) {
    let (scores, best, arrivals, alphabetCount) = (scores, best, arrivals, alphabetCount)
    for i in 0...length { best[i] = -.infinity }
    best[0] = 0
    edges.withUnsafeBufferPointer { edges in
      rows.withUnsafeBufferPointer { rows in
        corpus.symbols.withUnsafeBufferPointer { symbols in
          for i in 0..<length {
            forEachEdge(edges, rows, symbols, at: start &+ i) { id, count in
              if i &+ count > length || id == barred { return }
              let sum = best[i] + (id < alphabetCount ? max(scores[id], unknown) : scores[id])
              if sum > best[i &+ count] {
                best[i &+ count] = sum
                arrivals[i &+ count] = Arrival(id: id, length: count)
              }
            }
          }
        }
      }
    }
    var path: [Int] = []
    var end = length
    while end > 0 {
      path.append(arrivals[end].id)
      end -= arrivals[end].length
    }
    return (best[length], path)
  }

  /// Removes the edges of pruned pieces from the rows.
  private func forgetDropped() {
    var written: Int32 = 0
    var read = 0
    for position in 0..<rows.count - 1 {
      let end = Int(rows[position + 1])
      rows[position] = written
      while read < end {
        if scores[Int(edges[read] & Self.idMask)].isFinite {
          edges[Int(written)] = edges[read]
          written += 1
        }
        read += 1
      }
    }
    rows[rows.count - 1] = written
    edges.removeLast(edges.count - Int(written))
  }

  /// The digamma function, the derivative of the logarithm of the gamma function.
  private static func digamma(_ x: Double) -> Double {
    var (x, result) = (x, 0.0)
    while x < 7 {
      result -= 1 / x
      x += 1
    }
    x -= 0.5
    let inverse = 1 / (x * x)
    let series = (1.0 / 24, 7.0 / 960, 31.0 / 8064, 127.0 / 30720)
    return result + log(x) + inverse
      * (series.0 - inverse * (series.1 - inverse * (series.2 - inverse * series.3)))
  }
}
