import CTorch

/// Where a tensor lives and where its operations run.
public enum Device: Hashable, Sendable, CustomStringConvertible {
  /// The CPU.
  case cpu
  /// An NVIDIA GPU, counted from 0.
  case cuda(Int)
  /// The GPU of an Apple machine, through Metal.
  case mps

  /// Creates a device from a name such as `cpu`, `cuda`, `cuda:1` or `mps`.
  ///
  /// - Parameter name: The name.
  /// - Throws: `DeviceError.unknown` when the name is none of these.
  public init(_ name: String) throws(DeviceError) {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    switch (parts.first ?? "", parts.count) {
    case ("cpu", 1): self = .cpu
    case ("mps", 1): self = .mps
    case ("cuda", 1): self = .cuda(0)
    case ("cuda", 2):
      guard let index = Int(parts[1]), (0..<128).contains(index) else { throw .unknown(name) }
      self = .cuda(index)
    default: throw .unknown(name)
    }
  }

  /// The name, such as `cuda:0`.
  public var description: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    case .mps: "mps"
    }
  }

  /// Whether this machine has the device and LibTorch can use it.
  public var isAvailable: Bool { index < ctorch_device_count(kind) }

  /// Makes sure that the device can be used.
  ///
  /// - Throws: `DeviceError.missing` when it cannot.
  public func check() throws(DeviceError) {
    if !isAvailable { throw .missing(self) }
  }

  /// Waits until the device has finished all the work queued on it, as a timing needs.
  public func synchronize() {
    if ctorch_synchronize(kind, index) != CTORCH_OK { Operation.stop("synchronize") }
  }

  /// LibTorch's number for the kind of device.
  var kind: Int32 {
    switch self {
    case .cpu: 0
    case .cuda: 1
    case .mps: 13
    }
  }

  var index: Int32 {
    if case .cuda(let index) = self { Int32(index) } else { 0 }
  }

  init(kind: Int32, index: Int32) {
    switch kind {
    case 0: self = .cpu
    case 1: self = .cuda(Int(index))
    case 13: self = .mps
    default:
      fatalError("Device: a tensor lives on a device of kind \(kind), which has no name here")
    }
  }
}

extension Device: Codable {
  /// Reads a name such as `cuda:0`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do { self = try Device(container.decode(String.self)) } catch let error as DeviceError {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
    }
  }

  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Why a device cannot do what is asked of it.
public enum DeviceError: Error, Equatable, CustomStringConvertible {
  /// The name is not the name of a device.
  case unknown(String)
  /// The machine has no such device, or this LibTorch cannot use it.
  case missing(Device)
  /// The bytes are no state of the device's random number generator.
  case foreignRandomState(Device)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .unknown(let name):
      "'\(name)' names no device; use cpu, cuda, cuda:1 or mps"
    case .missing(let device):
      "this machine offers no device \(device) to LibTorch \(libTorchVersion); use --device cpu"
    case .foreignRandomState(let device):
      "the bytes are no state of the random number generator of \(device); use a state that it had"
    }
  }
}

/// The version of LibTorch that is linked, such as `2.13.0`.
public var libTorchVersion: String { String(cString: ctorch_version()) }

/// The path of the LibTorch library that was loaded.
public var libTorchPath: String { String(cString: ctorch_library_path()) }
