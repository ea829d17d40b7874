import ArgumentParser

/// How many threads an operation takes.
struct ThreadOptions: ParsableArguments {
  @Option(help: "Threads of an operation; computed from the sizes when left out.")
  var threads: Int?

  func validate() throws {
    if let threads, !(1...4096).contains(threads) {
      throw ValidationError("--threads is from 1 to 4096 and got \(threads)")
    }
  }
}
