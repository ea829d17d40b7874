import RondoTensor

/// A parameter and the path of property names that leads to it, such as `cells.0.inputWeight`.
public struct NamedParameter {
  /// The property names from the module down to the parameter, joined with periods.
  public let path: String
  /// The parameter.
  public let parameter: Parameter
}

extension Module {
  /// Every parameter once, in the order of declaration, each under the first path to it.
  ///
  /// Each call walks the module; keep the list when you need it often.
  public var parameters: [NamedParameter] {
    var seen: Set<ObjectIdentifier> = []
    var found: [NamedParameter] = []
    func search(_ part: ModulePart, path: String) {
      if case .parameter(let parameter) = part {
        guard seen.insert(ObjectIdentifier(parameter)).inserted else { return }
        found.append(NamedParameter(path: path, parameter: parameter))
      }
      for (name, child) in part.children {
        search(child, path: path.isEmpty ? name : "\(path).\(name)")
      }
    }
    search(.module(self), path: "")
    return found
  }

  /// The number of trainable scalars; tied parameters count once.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.parameter.value.count } }

  /// Moves every parameter to a device, in place.
  ///
  /// An optimizer keeps its memory where the parameters were when it was made; make it afterwards.
  ///
  /// - Parameter device: The new device of the parameters.
  public func move(to device: Device) {
    for named in parameters {
      named.parameter.replace(with: named.parameter.value.moved(to: device))
    }
  }

  /// Converts every parameter to another scalar type, in place.
  ///
  /// An optimizer keeps its memory in the type that the parameters had when it was made; make it
  /// afterwards.
  ///
  /// - Parameter type: The new type of the parameters.
  public func convert(to type: ScalarType) {
    for named in parameters {
      named.parameter.replace(with: named.parameter.value.converted(to: type))
    }
  }
}
