import Synchronization

/// The workers of a tokenizer that are not in use.
final class TokenizerWorkers: Sendable {
  private let model: any TokenModel
  private let reserved: Set<Int>
  private let state = Mutex(State())

  private struct State {
    var idle: [Lent] = []
    /// The first encoder, whose cache the others share.
    var first: (any PieceEncoder)?
  }

  /// A worker belongs to one thread at a time: the one that took it from the list.
  private struct Lent: @unchecked Sendable {
    let worker: TokenizerWorker
  }

  init(model: any TokenModel, reserved: Set<Int>) {
    self.model = model
    self.reserved = reserved
  }

  /// Calls `body` with a worker that no other thread uses meanwhile.
  func withWorker<Result>(_ body: (TokenizerWorker) throws -> Result) rethrows -> Result {
    let lent = state.withLock { $0.idle.popLast() ?? makeWorker(&$0) }
    defer { state.withLock { $0.idle.append(lent) } }
    return try body(lent.worker)
  }

  private func makeWorker(_ state: inout State) -> Lent {
    let encoder = state.first?.makeCompanion() ?? model.makePieceEncoder(barring: reserved)
    if state.first == nil { state.first = encoder }
    return Lent(worker: TokenizerWorker(encoder))
  }
}

/// The working memory of one thread that encodes text.
final class TokenizerWorker {
  /// The number of pieces scanned before they are encoded, few enough to stay in the L1 cache.
  static let batchSize = 512

  let encoder: any PieceEncoder
  var ids = TokenBuffer(keepsSpans: false)
  var spanned = TokenBuffer(keepsSpans: true)
  private let pieces = UnsafeMutableBufferPointer<Piece>.allocate(capacity: batchSize)
  private var text: UnsafeMutableBufferPointer<UInt8> = .allocate(capacity: 4096)

  init(_ encoder: any PieceEncoder) { self.encoder = encoder }

  deinit {
    pieces.deallocate()
    text.deallocate()
  }

  /// Copies text to memory with readable bytes after its end.
  func padded(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    let needed = bytes.count + TokenBuffer.padding
    if text.count < needed {
      text.deallocate()
      text = .allocate(capacity: 2 * needed)
    }
    _ = text[..<bytes.count].update(fromContentsOf: bytes)
    text[bytes.count..<needed].update(repeating: 0)
    return UnsafeBufferPointer(rebasing: text[..<bytes.count])
  }

  /// Appends the identifiers of a stretch of padded text that needs no normalization.
  func encode(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, scanner: any PieceScanner
  ) {
    var position = start
    while position < end {
      let count = scanner.scan(text, from: &position, to: end, into: pieces)
      encoder.encode(UnsafeBufferPointer(rebasing: pieces[..<count]), of: text, into: &ids)
    }
  }
}
