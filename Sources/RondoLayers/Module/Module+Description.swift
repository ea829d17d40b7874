extension Module {
  /// The tree of submodules, with the shape of every parameter.
  ///
  /// ```text
  /// Linear, 9 parameters
  /// ├─ weight [3, 2]
  /// └─ bias [3]
  /// ```
  public var description: String {
    var tied: Set<ObjectIdentifier> = []
    let title = "\(typeName(of: self)), \(grouped(parameterCount)) parameters"
    return ([title] + branches(of: .module(self), tied: &tied)).joined(separator: "\n")
  }
}

/// Draws the subtree of a part; a parameter seen before is marked as tied.
private func branches(of part: ModulePart, tied: inout Set<ObjectIdentifier>) -> [String] {
  var lines: [String] = []
  let children = part.children
  for (index, (name, child)) in children.enumerated() {
    let isLast = index == children.count - 1
    lines.append((isLast ? "└─ " : "├─ ") + title(of: child, name: name, tied: &tied))
    lines += branches(of: child, tied: &tied).map { (isLast ? "   " : "│  ") + $0 }
  }
  return lines
}

private func title(
  of part: ModulePart, name: String, tied: inout Set<ObjectIdentifier>
) -> String {
  switch part {
  case .list: return name
  case .module(let module): return "\(name): \(typeName(of: module))"
  case .parameter(let parameter):
    let isNew = tied.insert(ObjectIdentifier(parameter)).inserted
    return "\(name) \(parameter.shape)" + (isNew ? "" : " (tied)")
  }
}

private func typeName(of module: any Module) -> String { "\(type(of: module))" }

/// Writes a number with a comma after every three digits.
private func grouped(_ number: Int) -> String {
  let digits = String(number)
  return digits.enumerated().reduce(into: "") { text, digit in
    if digit.offset > 0, (digits.count - digit.offset).isMultiple(of: 3) { text += "," }
    text.append(digit.element)
  }
}
