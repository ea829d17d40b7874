/// Reads scalars and their classes from UTF-8 text; an invalid byte reads as U+FFFD.
struct ScalarCursor {
  let classes: ScalarClasses
  let text: UnsafeBufferPointer<UInt8>
  let end: Int

  /// Creates a cursor that reads up to `end`.
  @inline(__always)
  init(_ text: UnsafeBufferPointer<UInt8>, to end: Int, classes: ScalarClasses) {
    self.text = UnsafeBufferPointer(rebasing: text[..<end])
    self.end = end
    self.classes = classes
  }

  /// The class of a scalar and the number of its bytes.
  @inline(__always)
  func read(_ position: Int) -> (class: UInt8, count: Int) {
    StepCounter.add(1)
    let quick = classes.ascii[Int(text[position])]
    if quick != ScalarClasses.beyondASCII { return (quick, 1) }
    return readBeyondASCII(position)
  }

  @inline(never)
  private func readBeyondASCII(_ position: Int) -> (class: UInt8, count: Int) {
    let decoded = UTF8Text.decode(text, at: position)
    return (classes[decoded.scalar], decoded.count)
  }

  /// Returns the end of the run of scalars of one class that begins at `position`.
  @inline(__always)
  func endOfRun(of wanted: UInt8, from position: Int) -> Int {
    var position = position
    while position < end {
      let (found, count) = read(position)
      if found != wanted { break }
      position &+= count
    }
    return position
  }
}
