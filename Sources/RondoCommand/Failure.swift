import ArgumentParser
import Foundation
import RondoCheckpoints
import RondoData
import RondoRecipes
import RondoTensor
import RondoText
import RondoTraining

/// How the program ends when something went wrong: one sentence and an exit code.
struct Failure {
  let error: any Error

  init(_ error: any Error) { self.error = error }

  /// The exit codes of sysexits.h where there is one.
  var code: Int32 {
    switch error {
    case is DivergenceError: 3
    case is Interruption: StopFlag.exitCode
    case let error as RecipeError: if case .wrongRun = error { EX_DATAERR } else { EX_USAGE }
    case is ScheduleSyntaxError: EX_USAGE
    case let error as DeviceError: if case .unknown = error { EX_USAGE } else { 1 }
    case let error as DataError: error.isMissingInput ? EX_NOINPUT : EX_DATAERR
    case let error as CheckpointError: error.exitCode
    case let error as RondoTextError: error.exitCode
    case is UsageError: EX_USAGE
    case is LineError: EX_DATAERR
    case is ExistingFileError: 1
    case is OutputError: EX_IOERR
    default: 1
    }
  }

  /// Prints the sentence on standard error and ends the program.
  func exit() -> Never {
    switch error {
    case is Interruption:
      Foundation.exit(code)
    case let error as OutputError where error.isClosedPipe:
      Foundation.exit(0)
    case is DivergenceError, is RecipeError, is ScheduleSyntaxError, is DeviceError, is DataError,
      is CheckpointError, is RondoTextError, is OutputError, is UsageError, is LineError,
      is ExistingFileError:
      Terminal.say("rondo: \(error)")
      Foundation.exit(code)
    default:
      RondoProgram.exit(withError: error)
    }
  }
}

/// The user asked to stop, and everything is saved.
struct Interruption: Error {}

extension CheckpointError {
  fileprivate var exitCode: Int32 {
    switch self {
    case .unwritable: EX_IOERR
    case .unreadable, .noRun, .noCheckpoint: EX_NOINPUT
    case .runExists, .runInUse: 1
    default: EX_DATAERR
    }
  }
}

extension RondoTextError {
  fileprivate var exitCode: Int32 {
    switch self {
    case .unreadable: EX_NOINPUT
    case .unwritable: EX_IOERR
    case .impossibleTruncation, .impossibleSampling, .untrainable: EX_USAGE
    case .notUTF8, .damaged, .unsupported, .unrecognized, .inexpressible,
      .disallowedSpecialToken, .emptyText:
      EX_DATAERR
    }
  }
}

/// An argument that the user gave is not valid.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// A name that is not among the known ones.
  init(_ kind: String, named name: String, known: [String]) {
    let hint = name.nearest(among: known).map { "; did you mean '\($0)'?" }
    description =
      "there is no \(kind) '\(name)'\(hint ?? "; choose one of \(known.joined(separator: ", "))")"
  }
}

/// A line of standard input does not have the expected form.
struct LineError: Error, CustomStringConvertible {
  let description: String

  init(number: Int, problem: String) {
    description = "line \(number) of standard input \(problem)"
  }

  init(_ damage: DamagedLine) {
    description = "line \(damage.number) of \(damage.file): \(damage.reason)"
  }
}

/// A file that was to be written exists already.
struct ExistingFileError: Error, CustomStringConvertible {
  let path: String

  var description: String {
    "\(path) exists and is not overwritten; choose another path, or say --replace"
  }

  /// Checks that output files do not exist yet, or may be replaced.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - isReplacing: Whether existing files may be replaced.
  /// - Throws: The error for the first existing file.
  static func check(_ paths: [String], isReplacing: Bool) throws(ExistingFileError) {
    if !isReplacing, let old = paths.first(where: FileManager.default.fileExists) {
      throw ExistingFileError(path: old)
    }
  }
}
