import Foundation
import Synchronization

/// Records that the program was asked to stop: by Ctrl-C, or by the SIGTERM that a cluster sends
/// before it takes the machine away.
///
/// The first time the present step is finished and saved; the second time the program ends at
/// once, as it would without this.
enum StopFlag {
  /// The signal that came, or 0.
  private static let received = Atomic<Int32>(0)

  /// Whether the program was asked to stop.
  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// The exit code by which shells know the signal: 130 after Ctrl-C, 143 after SIGTERM.
  static var exitCode: Int32 { 128 + received.load(ordering: .relaxed) }

  /// Begins to listen.
  static func install() {
    // A program that is started by a thread which blocks a signal would never hear it.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        StopFlag.received.store(number, ordering: .relaxed)
        // Whichever of them comes next.
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
      }
    }
  }
}
