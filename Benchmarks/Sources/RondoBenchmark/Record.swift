import Foundation
import Rondo
import Turns

/// Results with everything needed to compare them later.
struct Record: Codable {
  let machine: Machine
  let libTorch: String
  let measurements: [Measurement]

  /// Adds machine, date and commit to results.
  init(of measurements: [Measurement]) {
    self.measurements = measurements
    machine = Machine(root: Package.root)
    libTorch = libTorchVersion
  }

  /// Writes the record as JSON.
  ///
  /// - Parameter path: The file.
  /// - Throws: An error of the system when it cannot be written.
  func write(to path: String) throws { try Machine.write(self, to: path) }
}
