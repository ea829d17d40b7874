import RondoTensor

/// Everything that is needed to continue training as if it had never stopped.
public struct TrainingState {
  /// The number of steps taken.
  public let step: Int
  /// The model's parameters.
  public let model: Checkpoint
  /// The state of the optimizer, such as its moments.
  public let optimizer: Checkpoint
  /// The state of the random number generators, by the name of the device.
  public let randomness: [String: RandomState]
  /// The trainer's progress as JSON.
  let progress: [UInt8]
  /// The folder that the state was read from, for messages.
  private let folder: String?

  /// Creates a state.
  ///
  /// - Parameters:
  ///   - step: The number of steps taken.
  ///   - model: The model's parameters.
  ///   - optimizer: The state of the optimizer.
  ///   - devices: The devices whose random number generators are saved.
  ///   - progress: The trainer's progress, such as its position in the epoch.
  /// - Throws: ``CheckpointError`` when the progress cannot be encoded as JSON, which has no NaN.
  public init(
    step: Int, model: Checkpoint, optimizer: Checkpoint, devices: [Device] = [.cpu],
    progress: some Encodable
  ) throws(CheckpointError) {
    self.step = step
    self.model = model
    self.optimizer = optimizer
    randomness = Dictionary(
      devices.map { ("\($0)", RandomState(of: $0)) }, uniquingKeysWith: { first, _ in first })
    self.progress = try encoded(progress, file: SavedState.progressName)
    folder = nil
  }

  /// Decodes the trainer's progress.
  ///
  /// - Parameter type: The type of the progress.
  /// - Returns: The progress.
  /// - Throws: ``CheckpointError`` when it is of another type.
  public func progress<Progress: Decodable>(
    as type: Progress.Type
  ) throws(CheckpointError) -> Progress {
    try decoded(type, from: progress, file: progressFile)
  }

  /// The file with the trainer's progress, for messages.
  public var progressFile: String { path(of: SavedState.progressName) }

  private func path(of name: String) -> String { folder.map { "\($0)/\(name)" } ?? name }

  /// Restores the random number generators.
  ///
  /// States of devices that this machine lacks are skipped, so that a run that was started on a GPU
  /// can be resumed on the CPU of another machine.
  ///
  /// - Throws: ``CheckpointError`` when a saved state does not fit its device's generator.
  public func restoreRandomness() throws(CheckpointError) {
    for (name, state) in randomness {
      do throws(DeviceError) {
        let device = try Device(name)
        if device.isAvailable { try state.restore(on: device) }
      } catch {
        throw .damaged(
          file: path(of: SavedState.randomnessName),
          problem: "'\(name)' is no state of a random generator")
      }
    }
  }

  init(
    step: Int, model: Checkpoint, optimizer: Checkpoint, randomness: [String: RandomState],
    progress: [UInt8], folder: String?
  ) {
    self.step = step
    self.model = model
    self.optimizer = optimizer
    self.randomness = randomness
    self.progress = progress
    self.folder = folder
  }
}
