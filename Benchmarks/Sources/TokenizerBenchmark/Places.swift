import Foundation

/// Where the files of the benchmarks are.
enum Places {
  /// The package of the benchmarks.
  static let benchmarks = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// The repository.
  static let root = benchmarks.deletingLastPathComponent()
  /// The other libraries' side.
  static let peer = benchmarks.appending(path: "Peers/tokenizer_peer.py")
  /// What makes texts and vocabularies.
  static let materials = benchmarks.appending(path: "Peers/tokenizer_materials.py")
  /// Where those are kept.
  static let folder = benchmarks.appending(path: ".build/tokenizers")
  /// The least ratios that are accepted.
  static let thresholds = benchmarks.appending(path: "thresholds.json")
  /// Text that lies beside the repository on some machines.
  static let text = root.deletingLastPathComponent().appending(path: "shared/data")
}
