import RondoTensor

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The version of Rondo, which every run records.
public let rondoVersion = "0.1.0"

/// The description of a run and of what its result depends on: the file `run.json`.
///
/// Sums depend on the device, the number of threads and LibTorch, and everything depends on the
/// data; a run resumed under the same description ends with the same bytes.
public struct RunDescription: Codable, Hashable, Sendable {
  /// The run folder format that this version of Rondo writes, and the newest that it reads.
  public static let currentFormat = 1
  static let fileName = "run.json"

  /// The format of the folder.
  public let format: Int
  /// The recipe's name.
  public let recipe: String
  /// The version of Rondo that started the run.
  public let rondo: String
  /// The version of LibTorch that started the run.
  public let libTorch: String
  /// The number of threads that each operation uses.
  public let threadCount: Int
  /// The device that the model is trained on.
  public let device: Device
  /// The files with the training data.
  public let data: [DataFile]
  /// The SHA-256 of each file of the run that must not change, by its name.
  public internal(set) var files: [String: String] = [:]

  /// Creates the description of a new run.
  ///
  /// - Parameters:
  ///   - recipe: The recipe's name.
  ///   - threadCount: The number of threads that each operation uses.
  ///   - device: The device that the model is trained on.
  ///   - data: The files with the training data.
  public init(
    recipe: String, threadCount: Int, device: Device = .cpu, data: [DataFile] = []
  ) {
    format = Self.currentFormat
    self.recipe = recipe
    rondo = rondoVersion
    libTorch = libTorchVersion
    self.threadCount = threadCount
    self.device = device
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

/// A file with training data, identified by its length and digest.
public struct DataFile: Codable, Hashable, Sendable {
  /// The path of the file, as it was given when the run started.
  public let path: String
  /// The number of bytes.
  public let byteCount: Int
  /// The SHA-256 of its bytes.
  public let sha256: String

  /// Reads a file and records its digest.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``CheckpointError`` when it cannot be read.
  public init(hashing path: String) throws(CheckpointError) {
    self.path = path
    (byteCount, sha256) = try InputFile(path).digest()
  }

  /// Checks that the content of the file has not changed.
  ///
  /// - Throws: ``CheckpointError`` when the file is missing or has changed.
  public func check() throws(CheckpointError) {
    guard try DataFile(hashing: path) == self else { throw .changedData(file: path) }
  }
}
