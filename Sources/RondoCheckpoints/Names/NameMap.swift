/// A mapping between the parameter names of Rondo and of another library.
///
/// Most parts of a network have the same names as in PyTorch (`embedding.weight`, `output.bias`).
/// Recurrent parts do not: PyTorch encodes layer and direction in the parameter name, while Rondo
/// has a part for each.
///
/// ```text
/// encoder.cells.0.inputWeight            encoder.weight_ih_l0
/// encoder.cells.1.forward.hiddenWeight   encoder.weight_hh_l1
/// encoder.cells.1.backward.inputBias     encoder.bias_ih_l1_reverse
/// cell.hiddenBias                        cell.bias_hh
/// ```
/// Gates are stacked in PyTorch's order, so tensors are transferred unchanged.
/// Gates are stacked in PyTorch's order, so the numbers move unchanged.
public struct NameMap: Sendable {
  /// The prefixes that differ.
  private var prefixes: [(rondo: String, foreign: String)] = []

  /// The parameter names of `torch.nn`.
  public static let pyTorch = NameMap()

  /// Returns a map that also renames a part of the network.
  ///
  /// - Parameters:
  ///   - rondo: The path of the part in Rondo, such as `encoder.network`.
  ///   - foreign: Its path in the other library, such as `encoder.rnn`.
  /// - Returns: The map.
  public func renaming(_ rondo: String, to foreign: String) -> NameMap {
    var result = self
    result.prefixes.append((rondo, foreign))
    return result
  }

  /// The parameters of a recurrent cell, by their names in Rondo and in PyTorch.
  private static let leaves = [
    ("inputWeight", "weight_ih"), ("hiddenWeight", "weight_hh"), ("inputBias", "bias_ih"),
    ("hiddenBias", "bias_hh"),
  ]

  // MARK: - There

  /// Returns the name of a parameter in the other library.
  public func foreignName(of path: String) -> String {
    let parts = path.split(separator: ".").map(String.init)
    guard let leaf = Self.leaves.first(where: { $0.0 == parts.last })?.1 else {
      return replacingPrefix(of: path) { ($0.rondo, $0.foreign) }
    }
    var rest = parts.dropLast()
    var suffix = ""
    let direction = rest.last
    let owner = direction == "forward" || direction == "backward" ? rest.dropLast() : rest
    if let layer = owner.last.flatMap({ Int($0) }), owner.dropLast().last == "cells" {
      suffix = "_l\(layer)" + (direction == "backward" ? "_reverse" : "")
      rest = owner.dropLast(2)
    }
    let name = (rest + [leaf + suffix]).joined(separator: ".")
    return replacingPrefix(of: name) { ($0.rondo, $0.foreign) }
  }

  // MARK: - Back

  /// Returns the path in Rondo of another library's parameter.
  ///
  /// - Parameters:
  ///   - name: The name in the other library.
  ///   - names: All names in the other library, which show whether a layer is bidirectional.
  /// - Returns: The path in Rondo.
  public func name(ofForeign name: String, among names: Set<String>) -> String {
    let renamed = replacingPrefix(of: name) { ($0.foreign, $0.rondo) }
    let dot = renamed.lastIndex(of: ".")
    let owner = dot.map { String(renamed[...$0]) } ?? ""
    let leaf = dot.map { renamed[renamed.index(after: $0)...] } ?? renamed[...]
    guard let (rondo, foreign) = Self.leaves.first(where: { leaf.hasPrefix($0.1) }) else {
      return renamed
    }
    let suffix = leaf.dropFirst(foreign.count)
    if suffix.isEmpty { return owner + rondo }
    let isReverse = suffix.hasSuffix("_reverse")
    let digits = suffix.dropFirst(2).dropLast(isReverse ? 8 : 0)
    guard suffix.hasPrefix("_l"), let layer = Int(digits), String(layer) == digits else {
      return renamed
    }
    let foreignOwner = name.dropLast(leaf.count)
    let isBidirectional = names.contains("\(foreignOwner)weight_ih_l\(layer)_reverse")
    let direction = isBidirectional ? (isReverse ? "backward." : "forward.") : ""
    return "\(owner)cells.\(layer).\(direction)\(rondo)"
  }

  private func replacingPrefix(
    of name: String, _ pair: ((rondo: String, foreign: String)) -> (from: String, to: String)
  ) -> String {
    for (from, to) in prefixes.map(pair) where name.hasPrefix("\(from).") {
      return to + name.dropFirst(from.count)
    }
    return name
  }
}

extension Checkpoint {
  /// Returns the checkpoint with the tensor names of another library.
  ///
  /// - Parameter map: The mapping of names.
  /// - Returns: The checkpoint.
  /// - Throws: ``CheckpointError`` when two tensors would get the same name.
  public func renamed(to map: NameMap) throws(CheckpointError) -> Checkpoint {
    try renamed { map.foreignName(of: $0) }
  }

  /// Returns a checkpoint written by another library with Rondo's names.
  ///
  /// - Parameter map: The mapping of names.
  /// - Returns: The checkpoint.
  /// - Throws: ``CheckpointError`` when two tensors would get the same name.
  public func renamed(from map: NameMap) throws(CheckpointError) -> Checkpoint {
    let names = Set(tensors.keys)
    return try renamed { map.name(ofForeign: $0, among: names) }
  }

  private func renamed(_ newName: (String) -> String) throws(CheckpointError) -> Checkpoint {
    var result = Checkpoint([:], metadata: metadata, source: source)
    for (name, tensor) in tensors {
      let path = newName(name)
      guard result.tensors.updateValue(tensor, forKey: path) == nil else {
        throw .damaged(file: source, problem: "two of its tensors would be called '\(path)'")
      }
    }
    return result
  }
}
