import RondoTensor

/// Chooses the number of threads for a model.
///
/// Where each operation is small, two threads cost more than they gain. The number is computed from
/// sizes and never from timing, so that runs are reproducible; it is stored in the run, because the
/// order of a sum depends on it.
public enum ThreadPlan {
  /// The number of multiply-adds in one operation from which a second thread pays off.
  static let worthSharing = 2e7

  /// Returns the number of threads for a model.
  ///
  /// - Parameters:
  ///   - rows: The number of rows or tokens in its largest matrix product.
  ///   - inputSize: The input features of that product.
  ///   - outputSize: The output features of that product.
  ///   - available: The number of processors.
  /// - Returns: One thread for small products, all processors for large ones.
  public static func threadCount(
    rows: Int, inputSize: Int, outputSize: Int, available: Int
  ) -> Int {
    Double(rows) * Double(inputSize) * Double(outputSize) < worthSharing ? 1 : max(1, available)
  }
}
