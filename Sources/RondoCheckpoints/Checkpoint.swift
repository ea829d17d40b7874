import RondoTensor

/// Tensors by name, and text about them: what a model is when it is not running.
///
/// A checkpoint is kept as a safetensors file, which Python reads too.
public struct Checkpoint {
  /// The tensors by name.
  public var tensors: [String: Tensor]
  /// Text about the tensors.
  public var metadata: [String: String]
  /// Where the checkpoint comes from, for messages.
  public let source: String

  /// Creates a checkpoint from tensors.
  ///
  /// - Parameters:
  ///   - tensors: The tensors by name.
  ///   - metadata: Text about them.
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
  ///   - device: Where the tensors are to live.
  /// - Throws: ``CheckpointError`` when the file is missing or damaged.
  public init(contentsOf path: String, on device: Device = .cpu) throws(CheckpointError) {
    do throws(SafetensorsError) {
      let file = try SafetensorsFile(contentsOf: path)
      self.init(try file.tensors(on: device), metadata: file.header.metadata, source: path)
    } catch {
      throw .tensors(error)
    }
  }

  /// Writes a safetensors file, which appears whole or not at all.
  ///
  /// - Parameter path: The file; one that is there is replaced.
  /// - Throws: ``CheckpointError`` when the system refuses; the old file is then untouched.
  public func write(to path: String) throws(CheckpointError) {
    try writeAtomically(to: path) { (file) throws(CheckpointError) in try write(into: file) }
  }

  func write(into file: OutputFile) throws(CheckpointError) {
    try writeSafetensors(tensors, metadata: metadata) { (bytes) throws(CheckpointError) in
      try file.write(bytes)
    }
  }
}
