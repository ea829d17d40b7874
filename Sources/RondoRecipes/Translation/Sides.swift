/// A value for each side of a task: for the source that is read, and the target that is written.
struct Sides<Value> {
  /// What belongs to the source.
  let source: Value
  /// What belongs to the target.
  let target: Value

  /// The sides exchanged.
  var swapped: Sides { Sides(source: target, target: source) }
}

/// A text and what it should become.
typealias TextPair = Sides<String>
