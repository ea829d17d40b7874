import Testing

extension ExitTest.Result {
  /// Whether the program said this when it stopped.
  func said(_ message: String) -> Bool {
    String(decoding: standardErrorContent, as: UTF8.self).contains(message)
  }
}
