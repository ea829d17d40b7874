import CTorch

/// A value that can be passed to an operation.
public protocol OperationArgument {
  /// Adds the value to the arguments of a call.
  func append(to arguments: inout CTorchArguments)
}

extension Tensor: OperationArgument {
  /// Adds the tensor; the call borrows it.
  public func append(to arguments: inout CTorchArguments) {
    ctorch_append_tensor(&arguments, storage.reference)
  }
}

extension Int: OperationArgument {
  /// Adds the integer.
  public func append(to arguments: inout CTorchArguments) {
    ctorch_append_integer(&arguments, Int64(self))
  }
}

extension Double: OperationArgument {
  /// Adds the real number.
  public func append(to arguments: inout CTorchArguments) {
    ctorch_append_real(&arguments, self)
  }
}

extension Bool: OperationArgument {
  /// Adds the Boolean.
  public func append(to arguments: inout CTorchArguments) {
    ctorch_append_boolean(&arguments, self)
  }
}

extension String: OperationArgument {
  /// Adds the string.
  public func append(to arguments: inout CTorchArguments) {
    Array(utf8).withUnsafeBytes {
      ctorch_append_string(&arguments, $0.baseAddress, $0.count)
    }
  }
}

extension ScalarType: OperationArgument {
  /// Adds LibTorch's number for the type.
  public func append(to arguments: inout CTorchArguments) {
    ctorch_append_integer(&arguments, Int64(rawValue))
  }
}

extension Device: OperationArgument {
  /// Adds the device.
  public func append(to arguments: inout CTorchArguments) {
    ctorch_append_device(&arguments, kind, self == .cpu ? -1 : Int64(index))
  }
}

extension Optional: OperationArgument where Wrapped: OperationArgument {
  /// Adds the value, or nothing.
  public func append(to arguments: inout CTorchArguments) {
    if let self { self.append(to: &arguments) } else { ctorch_append_none(&arguments) }
  }
}

extension Array: OperationArgument where Element: OperationListElement {
  /// Adds a copy of the list.
  public func append(to arguments: inout CTorchArguments) {
    Element.append(self, to: &arguments)
  }
}

/// A value that can be passed to an operation in a list.
public protocol OperationListElement {
  /// Adds a copy of a list to the arguments of a call.
  static func append(_ list: [Self], to arguments: inout CTorchArguments)
}

extension Int: OperationListElement {
  /// Adds a copy of the integers.
  public static func append(_ list: [Int], to arguments: inout CTorchArguments) {
    list.withUnsafeBytes {
      ctorch_append_integers(&arguments, $0.baseAddress, list.count)
    }
  }
}

extension Double: OperationListElement {
  /// Adds a copy of the real numbers.
  public static func append(_ list: [Double], to arguments: inout CTorchArguments) {
    list.withUnsafeBytes {
      ctorch_append_reals(&arguments, $0.baseAddress, list.count)
    }
  }
}

extension Tensor: OperationListElement {
  /// Adds the tensors; the call borrows them.
  public static func append(_ list: [Tensor], to arguments: inout CTorchArguments) {
    append(list.map(Optional.some), to: &arguments)
  }

  /// Adds the tensors, some of which may be missing; the call borrows them.
  static func append(_ list: [Tensor?], to arguments: inout CTorchArguments) {
    list.map { $0?.storage.reference }.withUnsafeBytes {
      ctorch_append_tensors(&arguments, $0.baseAddress, list.count)
    }
  }
}

extension Optional: OperationListElement where Wrapped == Tensor {
  /// Adds the tensors, some of which may be missing; the call borrows them.
  public static func append(_ list: [Tensor?], to arguments: inout CTorchArguments) {
    Tensor.append(list, to: &arguments)
  }
}
