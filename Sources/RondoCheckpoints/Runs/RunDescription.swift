import RondoTensor

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The version of Rondo, which every run names.
public let rondoVersion = "0.1.0"

/// What a run is and what it depends on: the file `run.json`.
///
/// Sums depend on the number of threads and on LibTorch, and everything depends on the data; a run
/// that is resumed under the same description ends in the same bytes.
public struct RunDescription: Codable, Hashable, Sendable {
  /// The format of run folders that this Rondo writes, and the newest that it reads.
  public static let currentFormat = 1
  static let fileName = "run.json"

  /// The format of the folder.
  public let format: Int
  /// The recipe's name.
  public let recipe: String
  /// The version of Rondo that began the run.
  public let rondo: String
  /// The version of LibTorch that began the run.
  public let libTorch: String
  /// The number of threads that each operation uses.
  public let threadCount: Int
  /// The files that the run learns from.
  public let data: [DataFile]
  /// The SHA-256 of each file that the run keeps as it was written, by its name.
  public internal(set) var files: [String: String] = [:]

  /// Describes a run that begins now.
  ///
  /// - Parameters:
  ///   - recipe: The recipe's name.
  ///   - threadCount: The number of threads that each operation uses.
  ///   - data: The files that the run learns from.
  public init(recipe: String, threadCount: Int, data: [DataFile] = []) {
    format = Self.currentFormat
    self.recipe = recipe
    rondo = rondoVersion
    libTorch = libTorchVersion
    self.threadCount = threadCount
    self.data = data
  }

  /// Reads the description of a run folder.
  init(of folder: String) throws(CheckpointError) {
    let path = "\(folder)/\(Self.fileName)"
    guard try namesInFolder(folder).contains(Self.fileName) else { throw .noRun(folder: folder) }
    let bytes = try InputFile(path).contents(limit: jsonLimit)
    struct Format: Decodable {
      let format: Int
    }
    let format = try decoded(Format.self, from: bytes, file: path).format
    guard format <= Self.currentFormat else {
      throw .newerFormat(folder: folder, found: format, known: Self.currentFormat)
    }
    let sealed = try decoded(Sealed<Self>.self, from: bytes, file: path)
    guard try sealed.isIntact(file: path) else { throw .changedFile(path) }
    self = sealed.value
    guard format > 0, 1...4_096 ~= threadCount else {
      throw .damaged(file: path, problem: "it names format \(format) and \(threadCount) threads")
    }
  }
}

/// A file that a run learns from, and how to recognize it.
public struct DataFile: Codable, Hashable, Sendable {
  /// The file, as it was named when the run began.
  public let path: String
  /// Its length.
  public let byteCount: Int
  /// The SHA-256 of its bytes.
  public let sha256: String

  /// Reads a file and remembers its digest.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``CheckpointError`` when it cannot be read.
  public init(hashing path: String) throws(CheckpointError) {
    self.path = path
    (byteCount, sha256) = try InputFile(path).digest()
  }

  /// Checks that the file still holds what it held.
  ///
  /// - Throws: ``CheckpointError`` when it is gone or holds something else.
  public func check() throws(CheckpointError) {
    guard try DataFile(hashing: path) == self else { throw .changedData(file: path) }
  }
}
