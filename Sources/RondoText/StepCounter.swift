import Synchronization

/// Counts the steps of all loops over text, so that tests can tell how work grows with its length.
///
/// Only debug builds count; in others nothing of this is left.
enum StepCounter {
  #if DEBUG
  /// The steps since the program began.
  static let count = Atomic(0)
  #endif

  /// Counts steps.
  @inline(__always)
  static func add(_ steps: Int) {
    #if DEBUG
    count.add(steps, ordering: .relaxed)
    #endif
  }
}
