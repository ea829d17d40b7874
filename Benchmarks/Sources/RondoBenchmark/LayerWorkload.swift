import Rondo

/// A layer applied to features, and in training its gradients and that of the features.
final class LayerWorkload: Workload {
  private let function: (Tensor) -> Tensor
  private let parameters: [NamedParameter]
  private let x: Parameter
  private let gradient: Tensor
  private let isTraining: Bool
  private var output: Tensor

  /// Loads a layer.
  ///
  /// - Parameters:
  ///   - module: The layer.
  ///   - entry: What is measured.
  ///   - exchange: Weights and batch.
  ///   - function: Applies the layer.
  /// - Throws: An error when the exchange lacks something.
  init(
    _ module: some Module, _ entry: Entry, _ exchange: Exchange,
    applying function: @escaping (Tensor) -> Tensor
  ) throws {
    try module.load(exchange.parameters)
    self.function = function
    parameters = module.parameters
    x = Parameter(try exchange.input("x"))
    gradient = try exchange.input("gradient")
    isTraining = entry.mode == .training
    output = gradient
  }

  func call() {
    guard isTraining else {
      output = withoutGradients { function(x.value) }
      return
    }
    x.clearGradient()
    parameters.clearGradients()
    withMode(.training) {
      output = function(x.value)
      output.backward(from: gradient)
    }
  }

  func results() -> [String: Tensor] {
    var results = parameters.gradients
    results["gradient.x"] = x.gradient
    results["output"] = output.detached()
    return results
  }
}

extension LayerWorkload {
  /// A fully connected layer; the sizes are rows, input features and output features.
  static func linear(_ entry: Entry, _ exchange: Exchange) throws -> LayerWorkload {
    let layer = Linear(from: entry.sizes[1], to: entry.sizes[2])
    return try LayerWorkload(layer, entry, exchange) { layer($0) }
  }

  /// A recurrent layer of one cell; the sizes are B, T, E and H.
  static func recurrent<Cell: RecurrentCell>(
    _: Cell.Type, _ entry: Entry, _ exchange: Exchange
  ) throws -> LayerWorkload {
    let layer = RecurrentStack<Cell>(inputSize: entry.sizes[2], hiddenSize: entry.sizes[3])
    return try LayerWorkload(layer, entry, exchange) { layer($0).sequence }
  }
}
