import Synchronization

/// Counts the steps of all loops over text, so that tests can measure how work grows with length.
///
/// Debug builds count, and builds with the flag `RONDO_COUNT_STEPS`, as in the release tests of
/// `Scripts/test.sh`; in other builds this compiles to nothing.
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
