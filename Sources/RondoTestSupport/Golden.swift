import Foundation
import RondoLayers
import RondoTensor
import Testing

/// Inputs, parameters and answers that PyTorch computed once.
///
/// `Tests/Golden/make_golden.py` writes the files. Parameters stand under Rondo's paths, their
/// gradients under the same paths behind `gradient.`.
public struct Golden {
  /// The name of the case, which is also that of the file.
  public let name: String
  private let tensors: [String: Tensor]

  /// Reads a case.
  ///
  /// - Parameter name: The name of the case.
  /// - Throws: `SafetensorsError` when there is no such file or it is damaged.
  public init(_ name: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "Tests/Golden/\(name).safetensors")
    self.name = name
    tensors = try SafetensorsFile(contentsOf: file.path).tensors()
  }

  /// The names of all tensors.
  public var keys: [String] { tensors.keys.sorted() }

  /// Returns a stored tensor.
  ///
  /// - Parameter key: Its name.
  /// - Returns: The tensor.
  /// - Throws: An error when there is none.
  public func tensor(_ key: String) throws -> Tensor {
    try #require(tensors[key], "\(name) holds no tensor named \(key)")
  }

  /// Copies the stored parameters into a module; each parameter must have a counterpart.
  ///
  /// - Parameters:
  ///   - module: The module.
  ///   - prefix: What stands before the paths in the file.
  /// - Throws: An error when a parameter has no counterpart.
  public func load(into module: some Module, prefix: String = "") throws {
    for named in module.parameters { named.parameter.assign(try tensor(prefix + named.path)) }
  }

  /// Expects a tensor to equal a stored one, element by element.
  ///
  /// - Parameters:
  ///   - actual: The tensor.
  ///   - key: The name of the stored one.
  ///   - tolerance: The largest difference.
  ///   - sourceLocation: Where the expectation stands.
  /// - Throws: An error when there is no such tensor.
  public func expect(
    _ actual: Tensor, equals key: String, within tolerance: Double = 1e-5,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    expectEqual(
      actual, try tensor(key), within: tolerance, "\(name): \(key)", sourceLocation: sourceLocation)
  }

  /// Expects the gradient of every parameter to equal the stored one.
  ///
  /// - Parameters:
  ///   - module: The module, after a backward pass.
  ///   - tolerance: The largest difference.
  ///   - sourceLocation: Where the expectation stands.
  /// - Throws: An error when a gradient is missing on either side.
  public func expectGradients(
    of module: some Module, within tolerance: Double = 1e-4,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for named in module.parameters {
      let gradient = try #require(
        named.parameter.gradient, "\(named.path) has no gradient", sourceLocation: sourceLocation)
      try expect(
        gradient, equals: "gradient.\(named.path)", within: tolerance,
        sourceLocation: sourceLocation)
    }
  }
}
