import RondoLayers
import RondoTensor

extension Checkpoint {
  /// Creates a checkpoint with copies of a model's parameters, under their paths.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - metadata: Text entries describing the model.
  public init(of model: some Module, metadata: [String: String] = [:]) {
    let copies = withoutGradients {
      model.parameters.map { ($0.path, $0.parameter.value.detached().copied()) }
    }
    self.init(Dictionary(uniqueKeysWithValues: copies), metadata: metadata)
  }
}

extension Module {
  /// Sets every parameter to the tensor at its path.
  ///
  /// Nothing changes unless everything matches: each parameter needs a tensor of its shape, and
  /// each tensor a parameter. Elements are converted to the type and device of the parameter.
  ///
  /// - Parameter checkpoint: The tensors.
  /// - Throws: ``CheckpointError`` that names the first tensor that does not match, and the most
  ///   similar name when one is missing.
  public func load(_ checkpoint: Checkpoint) throws(CheckpointError) {
    let parameters = parameters
    let paths = Set(parameters.map(\.path))
    let unclaimed = checkpoint.tensors.keys.filter { !paths.contains($0) }.sorted()
    var found: [(Parameter, Tensor)] = []
    for named in parameters {
      guard let tensor = checkpoint.tensors[named.path] else {
        throw .missingTensor(
          named.path, nearest: named.path.nearest(among: unclaimed), source: checkpoint.source)
      }
      guard tensor.shape == named.parameter.shape else {
        throw .wrongShape(
          named.path, expected: named.parameter.shape, found: tensor.shape,
          source: checkpoint.source)
      }
      found.append((named.parameter, tensor))
    }
    if let name = unclaimed.first {
      throw .unexpectedTensor(
        name, nearest: name.nearest(among: paths.sorted()), source: checkpoint.source)
    }
    for (parameter, tensor) in found { parameter.assign(tensor) }
  }
}
