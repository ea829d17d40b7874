/// Why a measurement could not be made, or was not good enough.
enum TokenizerBenchmarkError: Error, CustomStringConvertible {
  case missingPython(String)
  case noMaterials(String)
  case damagedText(String)
  case incomplete(String)
  case differentResults(entry: String, count: Int, total: Int)
  case tooSlow([String])

  var description: String {
    switch self {
    case .missingPython(let path):
      "there is no Python at \(path); run 'make python', or name one with --python"
    case .noMaterials(let folder):
      "texts and vocabularies could not be made from \(folder); the reason stands above"
    case .damagedText(let path):
      "\(path).idx does not fit its text; remove the folder of both and start again"
    case .incomplete(let name):
      "the job \(name) lacks a file, a text or a model"
    case .differentResults(let entry, let count, let total):
      "the sides of \(entry) differ in \(count) of \(total) results"
    case .tooSlow(let lines):
      "slower than thresholds.json allows: \(lines.joined(separator: "; "))"
    }
  }
}
