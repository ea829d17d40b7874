import CTorch

extension Tensor {
  /// Creates a tensor of single-precision numbers in row-major order.
  public init(_ values: [Float], shape: [Int], on device: Device = .cpu) {
    self = values.withUnsafeBytes { Tensor(bytes: $0, type: .float32, shape: shape, on: device) }
  }

  /// Creates a tensor of double-precision numbers in row-major order.
  public init(_ values: [Double], shape: [Int], on device: Device = .cpu) {
    self = values.withUnsafeBytes { Tensor(bytes: $0, type: .float64, shape: shape, on: device) }
  }

  /// Creates a tensor of Booleans in row-major order.
  public init(_ values: [Bool], shape: [Int], on device: Device = .cpu) {
    self = values.withUnsafeBytes { Tensor(bytes: $0, type: .bool, shape: shape, on: device) }
  }

  /// Creates a tensor of token identifiers, class indices or lengths in row-major order.
  public init(ids: [Int], shape: [Int], on device: Device = .cpu) {
    self = ids.withUnsafeBytes { Tensor(bytes: $0, type: .int64, shape: shape, on: device) }
  }

  /// Creates a tensor from bytes in row-major order.
  ///
  /// - Parameters:
  ///   - bytes: The elements in the machine's byte order.
  ///   - type: The type of the elements.
  ///   - shape: The size of every axis.
  ///   - device: The device on which to create the tensor.
  public init(
    bytes: UnsafeRawBufferPointer, type: ScalarType, shape: [Int], on device: Device = .cpu
  ) {
    var result: CTorchTensorRef?
    let status = ctorch_create(
      bytes.baseAddress, bytes.count, shape.map(Int64.init), Int32(shape.count), type.rawValue,
      &result)
    guard status == CTORCH_OK, let result else { Operation.stop("Tensor") }
    self = Tensor(owning: result).moved(to: device)
  }

  /// Creates a tensor with every element equal to `value`.
  public init(
    repeating value: Double, shape: [Int], type: ScalarType = .float32, on device: Device = .cpu
  ) {
    self = Operation.full(shape, value, type, Int?.none, device)
  }

  /// Creates a tensor with every element equal to `value`, with the type and device of `other`.
  public init(repeating value: Double, shape: [Int], like other: Tensor) {
    self.init(repeating: value, shape: shape, type: other.type, on: other.device)
  }

  /// Creates a tensor of independent uniform random numbers.
  public init(uniform range: Range<Double>, shape: [Int], on device: Device = .cpu) {
    let zeros = Tensor(repeating: 0, shape: shape, on: device)
    self = Operation.uniform(zeros, range.lowerBound, range.upperBound)
  }

  /// Creates a tensor of independent normal random numbers.
  ///
  /// - Parameters:
  ///   - mean: The mean of the distribution.
  ///   - deviation: The standard deviation.
  ///   - shape: The size of every axis.
  ///   - device: The device on which to create the tensor.
  public init(
    normalWithMean mean: Double, deviation: Double, shape: [Int], on device: Device = .cpu
  ) {
    let zeros = Tensor(repeating: 0, shape: shape, on: device)
    self = Operation.normal(zeros, mean, deviation)
  }

  /// Creates the integers `0..<end`, `[end]`.
  public init(rangeTo end: Int, on device: Device = .cpu) {
    self = Operation.arange(end, ScalarType.int64, Int?.none, device)
  }

  /// Creates a square Boolean matrix that is true on and below the diagonal, `[size, size]`.
  public static func lowerTriangle(_ size: Int, on device: Device = .cpu) -> Tensor {
    Operation.lowerTriangle(Tensor(repeating: 1, shape: [size, size], type: .bool, on: device))
  }
}

// MARK: - Moving and converting

extension Tensor {
  /// Returns the tensor on another device, or itself when it is already there.
  public func moved(to device: Device) -> Tensor {
    self.device == device ? self : Operation.moved(self, type, Int?.none, device)
  }

  /// Returns the tensor converted to another type, or itself when it already has that type.
  public func converted(to type: ScalarType) -> Tensor {
    self.type == type ? self : Operation.converted(self, type)
  }

  /// Returns the tensor with its elements contiguous in memory, in row-major order.
  public func contiguous() -> Tensor { Operation.contiguous(self) }

  /// Returns a tensor with the same elements in memory of its own.
  public func copied() -> Tensor { Operation.clone(self) }
}

extension Operation {
  fileprivate static let full = Operation("aten::full")
  fileprivate static let uniform = Operation("aten::uniform")
  fileprivate static let normal = Operation("aten::normal_functional")
  fileprivate static let arange = Operation("aten::arange")
  fileprivate static let lowerTriangle = Operation("aten::tril")
  fileprivate static let moved = Operation("aten::to", "dtype_layout")
  fileprivate static let converted = Operation("aten::to", "dtype")
  fileprivate static let contiguous = Operation("aten::contiguous")
  fileprivate static let clone = Operation("aten::clone")
}
