import Synchronization

/// A cache of the tokens of pieces, so that a word that was seen before takes one lookup.
///
/// All threads that encode with one tokenizer share one cache. Reading takes no lock: an entry
/// never changes once it is visible, and a table that has become too small stays readable until the
/// cache is released. One thread writes at a time, and others with something to add wait for it,
/// which is short and soon rare. Results never depend on the cache.
///
/// A piece of up to fifteen bytes and its length are one key of sixteen bytes, and up to four
/// numbers are stored beside it: one entry is half a cache line. More numbers, and the bytes of
/// longer pieces, are in an arena. At a maximum size the cache stops growing and is only read.
final class PieceMemory: @unchecked Sendable {
  /// The maximum length of a cached piece.
  static let longestPiece = 256
  private static let mostEntries = 1 << 19

  private let current: Atomic<UnsafeMutableRawPointer>
  private let growth: Mutex<Growth>

  /// The state that only the writing thread uses.
  private struct Growth: ~Copyable {
    var tables: [PieceTable]
    var entryCount = 0
    var arena = PieceArena()
  }

  /// Creates an empty cache.
  init() {
    let table = PieceTable(capacity: 1 << 12)
    current = Atomic(table.address)
    growth = Mutex(Growth(tables: [table]))
  }

  deinit {
    growth.withLock { growth in
      for table in growth.tables { table.deallocate() }
    }
  }

  /// The current table, which stays valid as long as the cache.
  @inline(__always)
  var table: PieceTable { PieceTable(at: current.load(ordering: .acquiring)) }

  /// Caches a short piece.
  ///
  /// - Parameters:
  ///   - key: The piece.
  ///   - ids: The identifiers of its tokens.
  ///   - count: The number of identifiers.
  @inline(never)
  func insert(_ key: PieceTable.Key, ids: UnsafePointer<UInt32>, count: Int) {
    write(key) { arena in
      if (1...4).contains(count) {
        var row = SIMD4(repeating: PieceTable.none)
        for i in 0..<count { row[i] = ids[i] }
        return row
      }
      return arena.store(UnsafeBufferPointer(start: ids, count: count)).map {
        PieceTable.row(of: $0, count: count)
      }
    }
  }

  /// Caches a long piece.
  ///
  /// - Parameters:
  ///   - bytes: The piece.
  ///   - key: Its key.
  ///   - ids: The identifiers of its tokens.
  ///   - count: The number of identifiers.
  func insertLong(
    _ bytes: UnsafeBufferPointer<UInt8>, key: PieceTable.Key, ids: UnsafePointer<UInt32>, count: Int
  ) {
    write(key) { arena in
      arena.store(UnsafeBufferPointer(start: ids, count: count), behind: bytes).map {
        PieceTable.row(of: $0, count: count)
      }
    }
  }

  /// Adds an entry unless the key is there or no room is left.
  private func write(
    _ key: PieceTable.Key, _ row: (inout PieceArena) -> SIMD4<UInt32>?
  ) {
    growth.withLock { growth in
      guard growth.entryCount < Self.mostEntries, table.entry(of: key) == nil,
        let row = row(&growth.arena)
      else { return }
      table.add(key, row)
      growth.entryCount += 1
      if 2 * growth.entryCount > table.mask { enlarge(&growth) }
    }
  }

  private func enlarge(_ growth: inout Growth) {
    let larger = PieceTable(copying: table, capacity: 4 * (table.mask + 1))
    growth.tables.append(larger)
    current.store(larger.address, ordering: .releasing)
  }
}
