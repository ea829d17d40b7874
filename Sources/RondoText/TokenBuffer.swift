/// A buffer for the tokens that a model produces: identifiers and, on request, byte ranges.
///
/// The storage is plain memory, so that a hot loop can reserve capacity once and then write through
/// pointers.
public struct TokenBuffer: ~Copyable {
  /// The number of readable bytes after the end of any text given to a ``PieceEncoder``.
  public static let padding = 16

  /// The number of tokens.
  public private(set) var count = 0
  /// Whether spans are kept; if not, models need not compute them.
  public let keepsSpans: Bool
  /// The identifiers, with space for `capacity` of them.
  public private(set) var ids: UnsafeMutablePointer<UInt32>
  /// The bytes of the text that each token covers; not allocated unless spans are kept.
  public private(set) var spans: UnsafeMutablePointer<Piece>
  private var capacity: Int

  /// Creates an empty buffer.
  public init(keepsSpans: Bool) {
    self.keepsSpans = keepsSpans
    capacity = 64
    ids = .allocate(capacity: capacity)
    spans = .allocate(capacity: keepsSpans ? capacity : 0)
  }

  deinit {
    ids.deallocate()
    spans.deallocate()
  }

  /// Reserves space for more tokens; pointers read earlier become invalid.
  @inline(__always)
  public mutating func reserve(_ additional: Int) {
    if count &+ additional > capacity { grow(to: count + additional) }
  }

  @inline(never)
  private mutating func grow(to needed: Int) {
    let capacity = max(needed, 2 * self.capacity)
    let ids = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    ids.update(from: self.ids, count: count)
    self.ids.deallocate()
    self.ids = ids
    if keepsSpans {
      let spans = UnsafeMutablePointer<Piece>.allocate(capacity: capacity)
      spans.update(from: self.spans, count: count)
      self.spans.deallocate()
      self.spans = spans
    }
    self.capacity = capacity
  }

  /// Counts tokens that were written through the pointers after ``reserve(_:)``.
  @inline(__always)
  public mutating func advance(by written: Int) { count &+= written }

  /// Appends a token.
  ///
  /// - Parameters:
  ///   - id: Its identifier.
  ///   - span: The bytes of the text that it covers.
  @inline(__always)
  public mutating func append(_ id: UInt32, span: @autoclosure () -> Piece) {
    reserve(1)
    ids[count] = id
    if keepsSpans { spans[count] = span() }
    count &+= 1
  }

  /// Removes all tokens and keeps the memory.
  public mutating func removeAll() { count = 0 }
}
