import CTorch

/// Seeds the random numbers of initializers and dropout, on all devices.
public func seedRandomness(_ seed: UInt64) { ctorch_seed(seed) }

/// The state of a device's random number generator.
///
/// Restoring it makes a resumed run draw the same numbers as an uninterrupted one.
public struct RandomState: Sendable, Equatable {
  /// The state in the generator's own serialized form.
  public let bytes: [UInt8]

  /// Creates a state from bytes that were saved.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads the state of a device's generator.
  public init(of device: Device = .cpu) {
    guard let reference = ctorch_random_state(device.kind, device.index) else {
      Operation.stop("RandomState")
    }
    bytes = Tensor(owning: reference).withBytes { [UInt8]($0) }
  }

  /// Sets a device's generator to this state.
  ///
  /// - Parameter device: The device.
  /// - Returns: Whether the bytes were a state of that device's generator.
  @discardableResult
  public func restore(on device: Device = .cpu) -> Bool {
    let state = bytes.withUnsafeBytes { Tensor(bytes: $0, type: .uint8, shape: [bytes.count]) }
    return state.withReference {
      ctorch_set_random_state(device.kind, device.index, $0) == CTORCH_OK
    }
  }
}
