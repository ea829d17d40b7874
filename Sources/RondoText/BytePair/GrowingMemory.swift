#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Plain memory that grows at its end, without an array's bounds checks.
///
/// Trainers store millions of small records in it and keep track of the positions themselves.
struct GrowingMemory<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  /// Allocates space for `capacity` elements.
  init(capacity: Int = 16) {
    self.capacity = max(capacity, 16)
    base = Self.resize(nil, to: self.capacity)
  }

  deinit { free(base) }

  /// The size of the memory in bytes.
  var byteCount: Int { capacity * MemoryLayout<Element>.stride }

  @inline(__always)
  subscript(position: Int) -> Element {
    get { base[position] }
    nonmutating set { base[position] = newValue }
  }

  /// Adds an element at the end.
  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    base[count] = element
    count &+= 1
  }

  /// Adds elements at the end.
  @inline(__always)
  mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
    reserve(elements.count)
    if let first = elements.baseAddress {
      (base + count).update(from: first, count: elements.count)
    }
    count &+= elements.count
  }

  /// Removes the last element.
  @inline(__always)
  mutating func removeLast() -> Element {
    count &-= 1
    return base[count]
  }

  /// Removes all elements and keeps the memory.
  mutating func removeAll() { count = 0 }

  /// Reserves space for more elements, which may then be written at the end.
  @inline(__always)
  mutating func reserve(_ additional: Int) {
    while count &+ additional > capacity { grow() }
  }

  /// Reserves space for more elements, and where there is none yet, for `count` of them.
  mutating func reserve(_ additional: Int, growingBy count: Int) {
    guard self.count + additional > capacity else { return }
    capacity += max(additional, count)
    base = Self.resize(base, to: capacity)
  }

  /// Counts elements that were written at the end.
  @inline(__always)
  mutating func advance(by written: Int) { count &+= written }

  @inline(never)
  private mutating func grow() {
    capacity *= 2
    base = Self.resize(base, to: capacity)
  }

  /// Resizes the memory; large blocks are remapped by the system instead of copied.
  private static func resize(
    _ base: UnsafeMutablePointer<Element>?, to capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    guard let memory = realloc(base, capacity * MemoryLayout<Element>.stride) else {
      fatalError("\(capacity) records of \(Element.self) need more memory than there is")
    }
    return memory.assumingMemoryBound(to: Element.self)
  }
}
