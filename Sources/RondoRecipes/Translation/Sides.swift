/// What belongs to the side that is read and what belongs to the side that is written.
struct Sides<Value> {
  /// Of what a model reads.
  let source: Value
  /// Of what it writes.
  let target: Value

  /// The sides exchanged.
  var swapped: Sides { Sides(source: target, target: source) }
}

/// A text and what it should become.
typealias TextPair = Sides<String>
