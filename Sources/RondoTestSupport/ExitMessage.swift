import Testing

/// Returns what a process wrote to standard error before it stopped.
///
/// - Parameter result: The result of an exit test that observes standard error.
/// - Returns: The text, empty when the test failed.
public func message(of result: ExitTest.Result?) -> String {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}
