import Foundation

/// Where the files of the benchmarks are.
enum Places {
  /// The package of the benchmarks.
  static let benchmarks = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// The repository.
  static let root = benchmarks.deletingLastPathComponent()
  /// PyTorch's side.
  static let peer = benchmarks.appending(path: "Peers/pytorch_peer.py")
  /// The least ratios that are accepted.
  static let thresholds = benchmarks.appending(path: "thresholds.json")
}
