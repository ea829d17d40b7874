import CTorch

/// An operation of LibTorch, called by its name.
///
/// The name is looked up once. Arguments follow LibTorch's schema in order, and those left out
/// at the end take the schema's defaults, so any of the two thousand operations is one line:
///
/// ```swift
/// let hardTanh = Operation("aten::hardtanh")
/// let y = hardTanh(x, -2.0, 2.0)
/// ```
///
/// A wrong argument is a programming error and stops the program with LibTorch's message; input
/// that can be wrong at run time is checked before it reaches a tensor.
public struct Operation: @unchecked Sendable {
  // The dispatcher's entry is immutable and lives as long as the process.
  private let reference: CTorchOperationRef
  private let name: StaticString

  /// Finds an operation.
  ///
  /// - Parameters:
  ///   - name: The name with its library, such as `aten::add`.
  ///   - overload: The name of the overload, such as `Tensor`, empty for most operations.
  public init(_ name: StaticString, _ overload: StaticString = "") {
    let found = name.withCString { name in overload.withCString { ctorch_operation(name, $0) } }
    guard let reference = found else { Operation.stop(name) }
    self.reference = reference
    self.name = name
  }

  /// Calls an operation with one result.
  public func callAsFunction<each Argument: OperationArgument>(
    _ argument: repeat each Argument
  ) -> Tensor {
    var results = CTorchResults()
    call(repeat each argument, results: &results)
    return tensor(results.values.0)
  }

  /// Calls an operation with several results.
  ///
  /// - Returns: The tensors; undefined ones are left out.
  public func results<each Argument: OperationArgument>(
    _ argument: repeat each Argument
  ) -> [Tensor] {
    var results = CTorchResults()
    call(repeat each argument, results: &results)
    let count = Int(results.count)
    return withUnsafeBytes(of: &results.values) { bytes in
      bytes.bindMemory(to: CTorchValue.self).prefix(count).flatMap { value -> [Tensor] in
        if value.tag == CTORCH_TENSORS { return tensors(value) }
        return value.payload.pointer == nil ? [] : [tensor(value)]
      }
    }
  }

  /// Calls an operation for its effect on its arguments.
  package func perform<each Argument: OperationArgument>(_ argument: repeat each Argument) {
    _ = results(repeat each argument)
  }

  /// Calls an operation whose result is a number.
  func number<each Argument: OperationArgument>(_ argument: repeat each Argument) -> Double {
    var results = CTorchResults()
    call(repeat each argument, results: &results)
    let value = results.values.0
    return value.tag == CTORCH_REAL ? value.payload.real : Double(value.payload.integer)
  }

  private func call<each Argument: OperationArgument>(
    _ argument: repeat each Argument, results: inout CTorchResults
  ) {
    var arguments = CTorchArguments()
    repeat (each argument).append(to: &arguments)
    let status = ctorch_call(reference, &arguments, &results)
    // A handle does not keep its tensor alive: without this an optimized build may release an
    // argument before LibTorch has read it.
    withExtendedLifetime((repeat each argument)) {}
    if status != CTORCH_OK { Operation.stop(name) }
  }

  private func tensor(_ value: CTorchValue) -> Tensor {
    guard value.tag == CTORCH_TENSOR, let pointer = value.payload.pointer else {
      fatalError("\(name): expected a tensor and got a result of kind \(value.tag)")
    }
    return Tensor(owning: CTorchTensorRef(pointer))
  }

  private func tensors(_ value: CTorchValue) -> [Tensor] {
    guard let pointer = value.payload.pointer else { return [] }
    defer { free(pointer) }
    let handles = pointer.assumingMemoryBound(to: CTorchTensorRef.self)
    return (0..<Int(value.count)).map { Tensor(owning: handles[$0]) }
  }

  /// Stops the program with LibTorch's error message.
  ///
  /// Not a precondition, because an optimized build drops a precondition's message.
  static func stop(_ name: StaticString) -> Never {
    fatalError("\(name): \(String(cString: ctorch_last_error()))")
  }
}

extension StaticString {
  fileprivate func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    withUTF8Buffer { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { characters in
        guard let base = characters.baseAddress else { return "".withCString(body) }
        return body(base)
      }
    }
  }
}
