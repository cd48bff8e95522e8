import Glibc

/// SIGTERM and SIGINT, which are let in only while nothing is in hand.
///
/// They are blocked in the calling thread. What arrives meanwhile stays pending, and is found
/// before the next wait. No other signal with a handler can end the wait, so the two need not tell
/// anybody that they came.
struct StopSignals {
  private let signals: sigset_t
  private let waitingMask: sigset_t

  /// Blocks the signals in the calling thread, and keeps SIGPIPE, SIGUSR1 and SIGXFSZ (a file that
  /// may not grow: an error of write(2)) from ending or interrupting it.
  ///
  /// libfcgi installs handlers of its own for SIGPIPE, SIGUSR1 and SIGTERM when it starts, so this
  /// comes after it.
  init() {
    for number in [SIGPIPE, SIGUSR1, SIGXFSZ] { signal(number, SIG_IGN) }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    sigaction(SIGTERM, &action, nil)
    sigaction(SIGINT, &action, nil)

    var stop = sigset_t()
    sigemptyset(&stop)
    sigaddset(&stop, SIGTERM)
    sigaddset(&stop, SIGINT)
    var mask = sigset_t()
    pthread_sigmask(SIG_BLOCK, &stop, &mask)
    sigdelset(&mask, SIGTERM)
    sigdelset(&mask, SIGINT)
    sigaddset(&mask, SIGALRM)
    signals = stop
    waitingMask = mask
  }

  /// Waits until `descriptor` has input, and returns false if a signal or the `end` came instead.
  ///
  /// ppoll(2) reports a ready descriptor before it looks for a signal, so under constant load only
  /// the question before it ever sees one.
  func wait(forInputOn descriptor: Int32, until end: ContinuousClock.Instant?) -> Bool {
    if arePending { return false }
    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    var mask = waitingMask
    guard let end else { return ppoll(&poll, 1, nil, &mask) >= 0 || errno != EINTR }
    var rest = timespec(max(.zero, end - .now))
    let ready = ppoll(&poll, 1, &rest, &mask)
    return ready > 0 || ready < 0 && errno != EINTR
  }

  private var arePending: Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1
  }
}
