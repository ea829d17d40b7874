/// Whether a network is being trained or evaluated.
///
/// The mode belongs to a scope of code and not to a module, so a model is never half in one mode
/// and half in the other: outside every scope the mode is evaluation, and dropout is off.
public enum Mode: Sendable {
  /// Dropout is active.
  case training
  /// The output is deterministic.
  case evaluation

  /// The mode in effect.
  @TaskLocal static var current: Mode = .evaluation
}

/// Runs `body` with the given mode in effect.
///
/// - Parameters:
///   - mode: The mode during `body`; scopes nest.
///   - body: The code to run; synchronous, because LibTorch's gradient scopes belong to a thread.
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
