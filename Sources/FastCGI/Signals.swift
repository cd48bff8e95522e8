import Glibc

/// Which signals may interrupt what. Everything happens on one thread, so that a signal can do no
/// more than end a wait.
enum Signals {
  /// Handlers do nothing and lack `SA_RESTART`: the call that waits returns `EINTR`. Blocks them all
  /// for now. A broken pipe and a file that may not grow are errors of `write(2)`, in every mode.
  static func prepare() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    for signal in [SIGTERM, SIGINT, SIGALRM] { sigaction(signal, &action, nil) }
    for signal in [SIGPIPE, SIGXFSZ] { Glibc.signal(signal, SIG_IGN) }
    mask(SIG_BLOCK, [SIGTERM, SIGINT, SIGALRM])
  }

  /// Waits until a connection can be taken; false when the process is to stop.
  ///
  /// Linux reports a ready descriptor before a pending signal, so under load the signal must be
  /// asked for.
  static func waitForConnection(_ listener: Int32) -> Bool {
    var pending = sigset_t()
    sigpending(&pending)
    guard sigismember(&pending, SIGTERM) == 0, sigismember(&pending, SIGINT) == 0 else {
      return false
    }
    var open = set([SIGALRM])
    var entry = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
    return ppoll(&entry, 1, nil, &open) >= 0 || errno != EINTR
  }

  /// Lets SIGALRM interrupt `body`'s waits from `seconds` on, every 100 ms: a peer that drips its
  /// bytes ends no later than one that is silent.
  static func bounded<Result>(_ seconds: Int, _ body: () -> Result) -> Result {
    arm(seconds)
    mask(SIG_UNBLOCK, [SIGALRM])
    defer {
      mask(SIG_BLOCK, [SIGALRM])
      arm(0)
    }
    return body()
  }

  private static func arm(_ seconds: Int) {
    var timer = itimerval()
    timer.it_value.tv_sec = seconds
    timer.it_interval.tv_usec = seconds == 0 ? 0 : 100_000
    setitimer(ITIMER_REAL, &timer, nil)
  }

  private static func mask(_ how: Int32, _ signals: [Int32]) {
    var set = set(signals)
    pthread_sigmask(how, &set, nil)
  }

  private static func set(_ signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }
}
