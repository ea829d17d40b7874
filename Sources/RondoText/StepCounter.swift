import Synchronization

/// Counts the steps of all loops over text, so that tests can tell how work grows with its length.
///
/// Debug builds count, and builds with the flag `RONDO_COUNT_STEPS`, as `Scripts/test.sh` makes its
/// release tests; in others nothing of this is left.
enum StepCounter {
  #if DEBUG || RONDO_COUNT_STEPS
  /// The steps since the program began.
  static let count = Atomic(0)
  #endif

  /// Counts steps.
  @inline(__always)
  static func add(_ steps: Int) {
    #if DEBUG || RONDO_COUNT_STEPS
    count.add(steps, ordering: .relaxed)
    #endif
  }
}
