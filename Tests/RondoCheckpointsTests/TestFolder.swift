import Foundation
import RondoCheckpoints
import RondoLayers
import RondoTensor

/// A folder that is there as long as the object.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "rondo-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func bytes(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: "\(path)/\(name)")))
  }

  func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
  }

  func names(in folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
  }
}

/// Where the golden files of this target are.
let goldenFolder = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Golden/checkpoints").path

/// The trainer's plain data in these tests.
struct Place: Codable, Equatable {
  var epoch: Int
  var loss: Double
}

/// A line of metrics in these tests.
struct StepLine: Codable, Equatable {
  let step: Int
}

/// A state whose every number tells the step.
func state(_ step: Int, size: Int = 8) throws -> TrainingState {
  let value = Tensor(repeating: Double(step), shape: [size])
  return try TrainingState(
    step: step, model: Checkpoint(["weight": value]),
    optimizer: Checkpoint(["first.weight": -value]),
    progress: Place(epoch: step, loss: Double(step) / 3))
}

/// Whether every number of a state tells its step.
func isWhole(_ state: TrainingState) throws -> Bool {
  let step = Float(state.step)
  let place = Place(epoch: state.step, loss: Double(state.step) / 3)
  return try state.model.tensors["weight"]?.scalars.allSatisfy { $0 == step } == true
    && state.optimizer.tensors["first.weight"]?.scalars.allSatisfy { $0 == -step } == true
    && state.randomness.keys.sorted() == ["cpu"] && state.progress(as: Place.self) == place
}
