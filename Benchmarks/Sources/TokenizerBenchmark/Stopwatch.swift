import Foundation

/// Seconds of the processor or of the wall clock.
enum Stopwatch {
  /// Returns the processor seconds of this process that some work takes.
  static func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
    try seconds(of: CLOCK_PROCESS_CPUTIME_ID, work)
  }

  /// Returns the seconds that some work takes.
  static func wallSeconds(_ work: () throws -> Void) rethrows -> Double {
    try seconds(of: CLOCK_MONOTONIC, work)
  }

  private static func seconds(of clock: clockid_t, _ work: () throws -> Void) rethrows -> Double {
    let before = now(clock)
    try work()
    return now(clock) - before
  }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
