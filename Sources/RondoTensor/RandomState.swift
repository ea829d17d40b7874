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
  /// - Throws: `DeviceError` when the machine lacks the device, or the bytes are no state of its
  ///   generator.
  public func restore(on device: Device = .cpu) throws(DeviceError) {
    try device.check()
    let state = bytes.withUnsafeBytes { Tensor(bytes: $0, type: .uint8, shape: [bytes.count]) }
    let status = state.withReference {
      ctorch_set_random_state(device.kind, device.index, $0)
    }
    if status != CTORCH_OK { throw .foreignRandomState(device) }
  }
}
