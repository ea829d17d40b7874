import RondoTensor

/// Named tensors with metadata: a model or an optimizer as it is saved.
///
/// A checkpoint is stored as a safetensors file, which Python can read too.
public struct Checkpoint {
  /// The tensors by name.
  public var tensors: [String: Tensor]
  /// Text entries describing the tensors.
  public var metadata: [String: String]
  /// The origin of the checkpoint, for error messages.
  public let source: String

  /// Creates a checkpoint from tensors.
  ///
  /// - Parameters:
  ///   - tensors: The tensors by name.
  ///   - metadata: Text entries describing them.
  public init(_ tensors: [String: Tensor], metadata: [String: String] = [:]) {
    self.init(tensors, metadata: metadata, source: "the checkpoint")
  }

  init(_ tensors: [String: Tensor], metadata: [String: String], source: String) {
    self.tensors = tensors
    self.metadata = metadata
    self.source = source
  }

  /// Reads a safetensors file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - device: The device on which to create the tensors.
  /// - Throws: ``CheckpointError`` when the file is missing or damaged.
  public init(contentsOf path: String, on device: Device = .cpu) throws(CheckpointError) {
    do throws(SafetensorsError) {
      let file = try SafetensorsFile(contentsOf: path)
      self.init(try file.tensors(on: device), metadata: file.header.metadata, source: path)
    } catch {
      throw .tensors(error)
    }
  }

  /// Writes a safetensors file atomically.
  ///
  /// - Parameter path: The file; an existing one is replaced.
  /// - Throws: ``CheckpointError`` when the file cannot be written; an existing one is unchanged.
  public func write(to path: String) throws(CheckpointError) {
    try writeAtomically(to: path) { (file) throws(CheckpointError) in try write(into: file) }
  }

  func write(into file: OutputFile) throws(CheckpointError) {
    try writeSafetensors(tensors, metadata: metadata) { (bytes) throws(CheckpointError) in
      try file.write(bytes)
    }
  }
}
