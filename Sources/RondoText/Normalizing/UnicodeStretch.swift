/// Scalars in the process of decomposition, reordering and composition.
struct UnicodeStretch {
  /// A scalar, and the change in the number of scalars: 1 if it is new, 0 if it replaces one, -n if
  /// it also replaces n more.
  struct Change {
    var scalar: UInt32
    var change: Int
  }

  private var classes: [UInt8] = []
  private(set) var changes: [Change] = []
  private var reorderable = 0

  /// Removes everything and keeps the memory.
  mutating func removeAll() {
    classes.removeAll(keepingCapacity: true)
    changes.removeAll(keepingCapacity: true)
    reorderable = 0
  }

  /// Appends the decomposition of a scalar.
  mutating func append(_ scalar: UInt32, by map: ScalarMap) {
    if let parts = map[scalar] {
      for (index, part) in parts.enumerated() { push(part, change: index == 0 ? 0 : 1) }
    } else if let parts = Composition.hangulParts(of: scalar) {
      for (index, part) in parts.enumerated() { push(part, change: index == 0 ? 0 : 1) }
    } else {
      push(scalar, change: 0)
    }
  }

  private mutating func push(_ scalar: UInt32, change: Int) {
    let combiningClass = ScalarClasses.combining[scalar]
    if combiningClass == 0 { reorder() }
    changes.append(Change(scalar: scalar, change: change))
    classes.append(combiningClass)
    if combiningClass == 0 { reorderable = changes.count }
  }

  /// Sorts the marks since the last starter by their classes.
  private mutating func reorder() {
    let range = reorderable..<changes.count
    defer { reorderable = changes.count }
    guard range.count > 1,
      zip(range, range.dropFirst()).contains(where: { classes[$0] > classes[$1] })
    else { return }
    let order = range.sorted { (first, second) in
      StepCounter.add(1)
      return (classes[first], first) < (classes[second], second)
    }
    let sorted = order.map { (changes[$0], classes[$0]) }
    for (place, item) in zip(range, sorted) { (changes[place], classes[place]) = item }
  }

  /// Ends the stretch.
  mutating func finish(isComposing: Bool) {
    reorder()
    if isComposing { compose() }
  }

  /// Composes each starter with the marks that are not blocked from it.
  private mutating func compose() {
    var composed: [Change] = []
    composed.reserveCapacity(changes.count)
    var starter: Change?
    var marks: [Change] = []
    var lastClass: UInt8?
    for (item, itemClass) in zip(changes, classes) {
      StepCounter.add(1)
      guard let current = starter else {
        if itemClass == 0 { starter = item } else { composed.append(item) }
        continue
      }
      let isBlocked = lastClass.map { $0 >= itemClass } ?? false
      if !isBlocked, let scalar = Composition.compose(current.scalar, item.scalar) {
        starter = Change(scalar: scalar, change: current.change + item.change - 1)
      } else if itemClass == 0 {
        composed.append(current)
        composed += marks
        marks.removeAll(keepingCapacity: true)
        starter = item
        lastClass = nil
      } else {
        marks.append(item)
        lastClass = itemClass
      }
    }
    if let starter { composed.append(starter) }
    changes = composed + marks
  }
}

/// Writes changed scalars, each with the origin of the old one that it replaces.
struct TextTransform {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position: Int

  /// Creates a transformation of the old text from a position on.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// Writes a scalar and skips the old ones that it replaces.
  mutating func apply(_ change: UnicodeStretch.Change, to writer: inout NormalizedTextWriter) {
    if change.change > 0 {
      writer.append(change.scalar, from: position - 1)
      return
    }
    writer.append(change.scalar, from: position)
    for _ in 0...(-change.change) where position < bytes.count {
      position += UTF8Text.decode(bytes, at: position).count
    }
  }
}
