import RondoCheckpoints
import RondoTensor
import RondoTraining

/// The folder, the device and the callbacks that a recipe runs with.
public struct Run {
  /// The folder of the run.
  public let folder: RunFolder
  /// The device of the model.
  public let device: Device
  /// Receives every training event.
  public var observe: (TrainingEvent) throws -> Void = { _ in }
  /// Called after every step; true stops training.
  public var isStopRequested: () -> Bool = { false }
  /// Receives messages for the user.
  public var say: (String) -> Void = { _ in }

  /// Creates a run without callbacks.
  public init(folder: RunFolder, device: Device) {
    self.folder = folder
    self.device = device
  }
}
