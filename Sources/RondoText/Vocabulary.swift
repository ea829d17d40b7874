/// A bidirectional mapping between tokens and identifiers.
///
/// Tokens are bytes. All bytes lie in one arena in the order of the identifiers, and an
/// open-addressing table finds the identifier of a token, so that a vocabulary of a million tokens
/// takes three allocations.
public struct Vocabulary: Sendable {
  private let arena: [UInt8]
  /// Where each token starts in the arena, and the end of the last.
  private let starts: [UInt32]
  /// Identifiers plus one, by hash; zero is an empty slot.
  private let table: [UInt32]
  private let mask: Int
  /// The length of the longest token in bytes.
  public let longestToken: Int
  /// The number of tokens, which is less than ``count`` where identifiers are unused.
  public let tokenCount: Int

  /// The vocabulary size, which is one more than the highest identifier.
  public var count: Int { starts.count - 1 }

  /// Creates a vocabulary whose identifiers are indices; that of an empty token is unused.
  ///
  /// - Parameter tokens: The tokens, all different.
  public init(_ tokens: [[UInt8]]) {
    var builder = VocabularyBuilder()
    for (id, token) in tokens.enumerated() where !token.isEmpty {
      token.withUnsafeBufferPointer { builder.append($0, id: id) }
    }
    do throws(VocabularyBuilder.Repetition) {
      self = try builder.build(count: tokens.count)
    } catch {
      fatalError("a vocabulary needs different tokens, but \(error.problem)")
    }
  }

  init(arena: [UInt8], starts: [UInt32], table: [UInt32], longestToken: Int, tokenCount: Int) {
    self.arena = arena
    self.starts = starts
    self.table = table
    self.mask = table.count - 1
    self.longestToken = longestToken
    self.tokenCount = tokenCount
  }

  /// Returns the identifier of a token.
  public func id(of token: UnsafeBufferPointer<UInt8>) -> Int? {
    if token.count > longestToken { return nil }
    return arena.withUnsafeBufferPointer { arena in
      starts.withUnsafeBufferPointer { starts in
        table.withUnsafeBufferPointer { table in
          var place = Int(truncatingIfNeeded: ByteHash.hash(token)) & mask
          while table[place] != 0 {
            let id = Int(table[place]) - 1
            let start = Int(starts[id])
            if Int(starts[id + 1]) - start == token.count,
              ByteHash.areEqual(
                token, UnsafeBufferPointer(rebasing: arena[start..<start + token.count]))
            {
              return id
            }
            place = (place + 1) & mask
          }
          return nil
        }
      }
    }
  }

  /// Returns the identifier of a token.
  public func id(of token: [UInt8]) -> Int? {
    token.withUnsafeBufferPointer { id(of: $0) }
  }

  /// Returns the identifier of a token.
  public func id(of token: String) -> Int? { id(of: Array(token.utf8)) }

  /// Returns the bytes of a token, or `nil` for an identifier that is unused or out of range.
  public func bytes(of id: Int) -> [UInt8]? {
    guard id >= 0, id < count, starts[id] < starts[id + 1] else { return nil }
    return Array(arena[Int(starts[id])..<Int(starts[id + 1])])
  }

  /// Returns the number of bytes of a token; zero for an unused identifier.
  public func byteCount(of id: Int) -> Int { Int(starts[id + 1]) - Int(starts[id]) }

  /// Whether a token is the concatenation of two others, the second without its first few bytes.
  func isToken(_ id: Int, joining left: Int, _ right: Int, dropping count: Int) -> Bool {
    guard id < self.count else { return false }
    guard byteCount(of: id) == byteCount(of: left) + byteCount(of: right) - count else {
      return false
    }
    let cut = Int(starts[id]) + byteCount(of: left)
    let (first, second) = (Int(starts[id])..<cut, cut..<Int(starts[id + 1]))
    return arena.withUnsafeBufferPointer { arena in
      func areEqual(_ range: Range<Int>, _ other: Range<Int>) -> Bool {
        ByteHash.areEqual(
          UnsafeBufferPointer(rebasing: arena[range]), UnsafeBufferPointer(rebasing: arena[other]))
      }
      return areEqual(first, Int(starts[left])..<Int(starts[left + 1]))
        && areEqual(second, Int(starts[right]) + count..<Int(starts[right + 1]))
    }
  }

  /// Calls `body` with the bytes of a token, without copying them; none for an unused identifier.
  public func withBytes<Result>(
    of id: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    arena.withUnsafeBufferPointer { arena in
      body(UnsafeBufferPointer(rebasing: arena[Int(starts[id])..<Int(starts[id + 1])]))
    }
  }
}
