/// Whether a network is learning or being used.
///
/// The mode belongs to a stretch of code and not to a module, so it cannot be left half set:
/// outside every scope, dropout is off.
public enum Mode: Sendable {
  /// Random regularization is active.
  case training
  /// The network computes the same output each time.
  case evaluation

  /// The mode in effect.
  @TaskLocal static var current: Mode = .evaluation
}

/// Runs `body` with the given mode in effect.
///
/// - Parameters:
///   - mode: The mode during `body`; scopes nest.
///   - body: What runs; synchronous, because the gradient scopes beside it belong to a thread.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
public func withMode<Result, Failure: Error>(
  _ mode: Mode, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let outcome: Swift.Result<Result, Failure> = Mode.$current.withValue(mode) {
    do throws(Failure) {
      return .success(try body())
    } catch {
      return .failure(error)
    }
  }
  return try outcome.get()
}
