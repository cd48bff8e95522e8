import Glibc

/// SIGTERM, SIGINT and SIGQUIT, which are noticed only while nothing is in hand. multiwatch hands on
/// the last one when it is told the first.
///
/// They are blocked in the calling thread: what arrives stays pending, for whoever looks.
struct StopSignals {
  /// Those that stop a worker.
  let set: sigset_t

  /// Blocks the signals in the calling thread, and keeps SIGPIPE, SIGUSR1 and SIGXFSZ (a file that
  /// may not grow: an error of write(2)) from ending or interrupting it.
  ///
  /// libfcgi installs handlers of its own for SIGPIPE, SIGUSR1 and SIGTERM when it starts, so this
  /// comes after it.
  init() {
    for number in [SIGPIPE, SIGUSR1, SIGXFSZ] { signal(number, SIG_IGN) }
    var stop = sigset_t()
    sigemptyset(&stop)
    for number in [SIGTERM, SIGINT, SIGQUIT] {
      signal(number, SIG_DFL)
      sigaddset(&stop, number)
    }
    pthread_sigmask(SIG_BLOCK, &stop, nil)
    set = stop
  }
}
