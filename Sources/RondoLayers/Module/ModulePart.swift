/// What a stored property contributes to a module.
enum ModulePart {
  case parameter(Parameter)
  case module(any Module)
  case list([ModulePart])

  /// Finds out what a property is; a hyperparameter is no part.
  ///
  /// - Parameter value: The value of the property; an optional counts as what it holds.
  init?(_ value: Any) {
    switch value {
    case let parameter as Parameter: self = .parameter(parameter)
    case let module as any Module: self = .module(module)
    case let elements as [Any]:
      let parts = elements.compactMap { ModulePart($0) }
      guard !parts.isEmpty, parts.count == elements.count else { return nil }
      self = .list(parts)
    default: return nil
    }
  }

  /// The parts of this part, in the order of declaration, each with its name.
  var children: [(name: String, part: ModulePart)] {
    switch self {
    case .parameter: []
    case .list(let parts): parts.enumerated().map { (String($0), $1) }
    case .module(let module):
      Mirror(reflecting: module).children.compactMap { child in
        guard let name = child.label, let part = ModulePart(child.value) else { return nil }
        return (name, part)
      }
    }
  }
}
