/// Why a measurement could not be made, or was not good enough.
enum BenchmarkError: Error, CustomStringConvertible {
  case missingPython(String)
  case differentResults(entry: String, result: String, difference: Double)
  case missingTensor(String)
  case tooSlow([String])

  var description: String {
    switch self {
    case .missingPython(let path):
      "there is no Python at \(path); run 'make python', or name one with --python"
    case .differentResults(let entry, let result, let difference):
      "the sides of \(entry) compute different things: \(result) differs by \(difference) of its norm"
    case .missingTensor(let name):
      "PyTorch's side wrote no tensor named \(name)"
    case .tooSlow(let lines):
      "slower than thresholds.json allows: \(lines.joined(separator: "; "))"
    }
  }
}
