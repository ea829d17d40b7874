import Foundation
import Synchronization

/// Records that the user pressed Ctrl-C.
///
/// The first time, the current step is finished and saved; the second time, the program ends at
/// once, as it would without this.
enum StopFlag {
  private static let isSet = Atomic<Bool>(false)

  /// Whether a stop was requested.
  static var isRequested: Bool { isSet.load(ordering: .relaxed) }

  /// Starts handling the signal.
  static func install() {
    // A program started by a thread that blocks the signal would never receive it.
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
