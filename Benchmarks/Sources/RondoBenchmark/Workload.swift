import Rondo

/// Work that can be repeated and checked.
protocol Workload: AnyObject {
  /// Does the work once.
  func call()
  /// What the last call has computed, by the names that PyTorch's side gives.
  func results() -> [String: Tensor]
}

extension [NamedParameter] {
  /// Forgets every gradient.
  func clearGradients() {
    for named in self { named.parameter.clearGradient() }
  }

  /// The gradients by path.
  var gradients: [String: Tensor] {
    Dictionary(
      uniqueKeysWithValues: compactMap { named in
        named.parameter.gradient.map { ("gradient.\(named.path)", $0) }
      })
  }
}
