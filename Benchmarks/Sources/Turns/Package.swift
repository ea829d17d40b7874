import Foundation

/// Where the files are that both benchmarks share.
public enum Package {
  /// The package of the benchmarks.
  public static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// The repository.
  public static let root = folder.deletingLastPathComponent()
  /// The least ratios that are accepted.
  public static let thresholds = folder.appending(path: "thresholds.json")
  /// The Python that has the other libraries, unless `RONDO_PYTHON` names another.
  public static let python =
    ProcessInfo.processInfo.environment["RONDO_PYTHON"]
    ?? root.appending(path: ".venv/bin/python").path
}
