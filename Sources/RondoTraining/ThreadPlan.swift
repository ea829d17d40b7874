import RondoTensor

/// How many threads suit a model.
///
/// Two threads cost more than they bring where each operation is small. The number is computed
/// from sizes and never from timing, so that a run repeats; it is stored in the run, because the
/// order of a sum depends on it.
public enum ThreadPlan {
  /// Multiply-adds of one operation from which a second thread pays.
  static let worthSharing = 2e7

  /// Returns the number of threads for a model.
  ///
  /// - Parameters:
  ///   - rows: How many rows or tokens its largest product takes at once.
  ///   - inputSize: The input features of that product.
  ///   - outputSize: The output features of that product.
  ///   - available: How many processors there are.
  /// - Returns: One thread for small products, all processors for large ones.
  public static func threadCount(
    rows: Int, inputSize: Int, outputSize: Int, available: Int
  ) -> Int {
    Double(rows) * Double(inputSize) * Double(outputSize) < worthSharing ? 1 : max(1, available)
  }
}
