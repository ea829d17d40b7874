/// What a stored property contributes to a module.
enum ModulePart {
  case parameter(Parameter)
  case module(any Module)
  /// The elements of an array, with `nil` where an optional holds nothing.
  case list([ModulePart?])

  /// Classifies a property's value; `nil` for a hyperparameter.
  ///
  /// - Parameter value: The value of the property; an optional counts as what it holds.
  init?(_ value: Any) {
    switch value {
    case let parameter as Parameter: self = .parameter(parameter)
    case let module as any Module: self = .module(module)
    case let elements as [Any]:
      let parts = elements.map { ModulePart($0) }
      guard parts.contains(where: { $0 != nil }) else { return nil }
      for (part, element) in zip(parts, elements) where part == nil {
        guard Self.isNothing(element) else {
          fatalError("an array of parts holds \(type(of: element)), which is no part of a module")
        }
      }
      self = .list(parts)
    default: return nil
    }
  }

  private static func isNothing(_ value: Any) -> Bool {
    let mirror = Mirror(reflecting: value)
    return mirror.displayStyle == .optional && mirror.children.isEmpty
  }

  /// The parts of this part, in the order of declaration, each with its name.
  var children: [(name: String, part: ModulePart)] {
    switch self {
    case .parameter: []
    case .list(let parts):
      parts.enumerated().compactMap { index, part in part.map { (String(index), $0) } }
    case .module(let module):
      Mirror(reflecting: module).children.compactMap { child in
        guard let name = child.label, let part = ModulePart(child.value) else { return nil }
        return (name, part)
      }
    }
  }
}
