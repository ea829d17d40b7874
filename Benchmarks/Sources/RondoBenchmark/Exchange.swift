import Rondo

/// What PyTorch's side has written: weights, batch and results.
struct Exchange {
  private let tensors: [String: Tensor]

  /// Reads the file.
  ///
  /// - Parameter path: The file.
  /// - Throws: `CheckpointError` when it cannot be read.
  init(contentsOf path: String) throws {
    tensors = try Checkpoint(contentsOf: path).tensors
  }

  /// Returns a part of the batch.
  ///
  /// - Parameter name: Its name.
  /// - Returns: The tensor.
  /// - Throws: ``BenchmarkError`` when there is none.
  func input(_ name: String) throws -> Tensor {
    guard let tensor = tensors["input.\(name)"] else {
      throw BenchmarkError.missingTensor("input.\(name)")
    }
    return tensor
  }

  /// The weights under Rondo's paths.
  var parameters: Checkpoint { Checkpoint(all(behind: "parameter.")) }

  /// Calls a workload until every result was compared.
  ///
  /// - Parameters:
  ///   - work: The workload.
  ///   - entry: What is measured.
  /// - Returns: The largest difference, the norm of the difference as a share of the norm of the result.
  /// - Throws: ``BenchmarkError`` when a result differs or is missing.
  func compare(_ work: any Workload, _ entry: Entry) throws -> Double {
    var worst = 0.0
    // A step changes the weights, so that the loss of a later one depends on the earlier.
    for step in 0..<(entry.mode == .step ? 3 : 1) {
      work.call()
      let found = work.results()
      for (name, expected) in all(behind: "result.\(step).") {
        guard let actual = found[name] else { throw BenchmarkError.missingTensor(name) }
        let difference = (actual - expected).norm().item / expected.norm().item
        guard difference < 1e-4 else {
          throw BenchmarkError.differentResults(
            entry: entry.name, result: name, difference: difference)
        }
        worst = max(worst, difference)
      }
    }
    return worst
  }

  private func all(behind prefix: String) -> [String: Tensor] {
    Dictionary(
      uniqueKeysWithValues: tensors.filter { $0.key.hasPrefix(prefix) }
        .map { (String($0.key.dropFirst(prefix.count)), $0.value) })
  }
}
