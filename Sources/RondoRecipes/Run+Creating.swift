import RondoCheckpoints
import RondoTensor
import RondoTraining

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Recipe {
  /// Trains in the folder of a new run, which is removed when training fails before anything is
  /// saved.
  ///
  /// - Parameter run: The folder, the device and the callbacks.
  /// - Returns: Why training ended.
  /// - Throws: Any error of reading, training and writing.
  public func begin(in run: Run) throws -> EndReason {
    do {
      return try train(in: run)
    } catch {
      run.folder.removeIfUnused()
      throw error
    }
  }
}

extension RunFolder {
  /// Creates the folder of a new run.
  ///
  /// - Parameters:
  ///   - recipe: The recipe; its data files are hashed.
  ///   - device: The device to train on.
  ///   - threads: The number of threads, or `nil` to choose it by the sizes of the model.
  ///   - path: The folder, or `nil` for the next one in `runs`.
  /// - Returns: The run folder, with the recipe in it.
  /// - Throws: `RecipeError` when settings are invalid, `CheckpointError` when files cannot be read
  ///   or written.
  public static func create<R: Recipe>(
    _ recipe: R, on device: Device, threads: Int?, at path: String?
  ) throws -> RunFolder {
    try recipe.check()
    var files: [DataFile] = []
    for path in recipe.data.train + recipe.data.validation {
      files.append(try DataFile(hashing: path))
    }
    let available = ProcessInfo.processInfo.activeProcessorCount
    let description = RunDescription(
      recipe: R.name, threadCount: threads ?? recipe.threadCount(available: available),
      device: device, data: files)
    let contents = ["recipe.json": Array(try RecipeForm.text(of: recipe).utf8)]
    if let path { return try create(description, at: path, files: contents) }
    return try create(description, files: contents)
  }
}
