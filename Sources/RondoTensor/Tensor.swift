import CTorch

/// A multidimensional array of numbers, with the history needed to differentiate it.
///
/// A tensor is a value: no public operation changes it, each returns a new tensor. Only a
/// parameter, which owns a tensor that training updates, changes over time, and a value read from
/// it changes with it; ``copied()`` keeps the current elements.
///
/// Gradients are LibTorch's: ``backward()`` on a scalar leaves a ``gradient`` in every tensor
/// that was made to record it by ``recordingGradient(_:)``.
public struct Tensor {
  let storage: Storage

  /// Owns one reference to a LibTorch tensor.
  final class Storage {
    let reference: CTorchTensorRef

    init(_ reference: CTorchTensorRef) { self.reference = reference }

    deinit { ctorch_release(reference) }
  }

  init(owning reference: CTorchTensorRef) { storage = Storage(reference) }

  /// Calls `body` with a handle that is valid until it returns.
  func withReference<Result>(_ body: (CTorchTensorRef) -> Result) -> Result {
    withExtendedLifetime(storage) { body(storage.reference) }
  }
}

// MARK: - Form

extension Tensor {
  /// The number of axes.
  public var rank: Int { withReference { Int(ctorch_rank($0)) } }

  /// The size of every axis, outermost first.
  public var shape: [Int] {
    withReference { reference in
      let sizes = ctorch_sizes(reference)
      return (0..<Int(ctorch_rank(reference))).map { Int(sizes[$0]) }
    }
  }

  /// The number of elements.
  public var count: Int { withReference { Int(ctorch_element_count($0)) } }

  /// The type of the elements.
  public var type: ScalarType {
    let number = withReference(ctorch_scalar_type)
    guard let type = ScalarType(rawValue: number) else {
      fatalError("Tensor: scalar type \(number) of LibTorch has no name here")
    }
    return type
  }

  /// The device that holds the elements.
  public var device: Device {
    withReference { Device(kind: ctorch_device_kind($0), index: ctorch_device_index($0)) }
  }
}

// MARK: - Reading

extension Tensor {
  /// The elements in row-major order, converted to single precision and copied to the host.
  public var scalars: [Float] { elements(of: .float32, Float(0)) }

  /// The elements in row-major order, converted to double precision and copied to the host.
  public var doubles: [Double] { elements(of: .float64, Double(0)) }

  /// The elements in row-major order, converted to integers and copied to the host.
  public var ids: [Int] { elements(of: .int64, 0) }

  /// The elements in row-major order, converted to Booleans and copied to the host.
  public var truths: [Bool] { elements(of: .bool, false) }

  /// The only element of a tensor with exactly one element.
  public var item: Double {
    guard count == 1 else { fatalError("item: expected one element and found shape \(shape)") }
    return Operation.item.number(self)
  }

  /// Calls `body` with a copy of the elements in row-major order, as bytes of the tensor's type.
  ///
  /// - Parameter body: Reads the bytes, which are valid until it returns.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: count * type.byteCount, alignment: 64)
    defer { bytes.deallocate() }
    read(into: bytes)
    return try body(UnsafeRawBufferPointer(bytes))
  }

  private func elements<Element>(of type: ScalarType, _ zero: Element) -> [Element] {
    var elements = [Element](repeating: zero, count: count)
    elements.withUnsafeMutableBytes { converted(to: type).read(into: $0) }
    return elements
  }

  private func read(into bytes: UnsafeMutableRawBufferPointer) {
    let status = withReference { ctorch_read($0, bytes.baseAddress, bytes.count) }
    if status != CTORCH_OK { Operation.stop("Tensor") }
  }
}

extension Operation {
  fileprivate static let item = Operation("aten::item")
}

extension Tensor: CustomStringConvertible {
  /// The type, the shape and the first elements.
  public var description: String {
    let shown = reshaped(-1).narrowed(axis: 0, from: 0, count: min(count, 8)).doubles
    let dots = count > shown.count ? ", …" : ""
    return "Tensor(\(type), \(shape), [\(shown.map { "\($0)" }.joined(separator: ", "))\(dots)])"
  }
}
