import ArgumentParser
import RondoTensor

/// The device option, which all commands that train or use a model have, except `rondo resume`.
struct DeviceOptions: ParsableArguments {
  @Option(help: "Where the model lives: cpu, cuda, cuda:1 or mps.") var device = "cpu"

  /// Returns the device if it is available.
  func checkedDevice() throws(DeviceError) -> Device {
    let device = try Device(device)
    try device.check()
    return device
  }
}
