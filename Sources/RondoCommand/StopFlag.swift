import Foundation
import Synchronization

/// Remembers that somebody pressed Ctrl-C.
///
/// The first time the present step is finished and saved; the second time the program ends at
/// once, as it would without this.
enum StopFlag {
  private static let isSet = Atomic<Bool>(false)

  /// Whether somebody asked to stop.
  static var isRequested: Bool { isSet.load(ordering: .relaxed) }

  /// Begins to listen.
  static func install() {
    // A program that is started by a thread which blocks the signal would never hear it.
    var interruption = sigset_t()
    sigemptyset(&interruption)
    sigaddset(&interruption, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interruption, nil)
    signal(SIGINT) { number in
      StopFlag.isSet.store(true, ordering: .relaxed)
      signal(number, SIG_DFL)
    }
  }
}
