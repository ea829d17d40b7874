import RondoTensor

/// Everything that is needed to go on training as if it had never stopped.
public struct TrainingState {
  /// The number of steps that have been taken.
  public let step: Int
  /// The model's parameters.
  public let model: Checkpoint
  /// What the optimizer remembers.
  public let optimizer: Checkpoint
  /// Where random numbers stand, by the name of the device.
  public let randomness: [String: RandomState]
  /// Plain data of the trainer as JSON.
  let progress: [UInt8]

  /// Gathers a state.
  ///
  /// - Parameters:
  ///   - step: The number of steps that have been taken.
  ///   - model: The model's parameters.
  ///   - optimizer: What the optimizer remembers.
  ///   - devices: The devices whose random numbers are used.
  ///   - progress: Plain data of the trainer, such as the place in the epoch.
  /// - Throws: ``CheckpointError`` when the plain data has no form in JSON, as a NaN has none.
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
  }

  /// Reads the trainer's plain data.
  ///
  /// - Parameter type: Its type.
  /// - Returns: The data.
  /// - Throws: ``CheckpointError`` when it is of another type.
  public func progress<Progress: Decodable>(
    as type: Progress.Type
  ) throws(CheckpointError) -> Progress {
    try decoded(type, from: progress, file: SavedState.progressName)
  }

  /// Lets random numbers go on where they stood.
  ///
  /// - Throws: ``CheckpointError`` when a saved state is none of its device.
  public func restoreRandomness() throws(CheckpointError) {
    for (name, state) in randomness {
      guard let device = try? Device(name), state.restore(on: device) else {
        throw .damaged(
          file: SavedState.randomnessName, problem: "'\(name)' is no state of a random generator")
      }
    }
  }

  init(
    step: Int, model: Checkpoint, optimizer: Checkpoint, randomness: [String: RandomState],
    progress: [UInt8]
  ) {
    self.step = step
    self.model = model
    self.optimizer = optimizer
    self.randomness = randomness
    self.progress = progress
  }
}
