import CTorch

/// The number of threads that LibTorch and Rondo's kernels use for one operation.
public enum Threads {
  /// The number of threads for operations started from this thread.
  ///
  /// Set it once, at the start of the thread that trains or generates.
  public static var count: Int {
    get { Int(ctorch_thread_count()) }
    set {
      guard newValue > 0 else { fatalError("Threads: expected a count above 0, found \(newValue)") }
      ctorch_set_thread_count(Int32(newValue))
    }
  }
}
