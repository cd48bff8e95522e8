import Glibc

/// A timer that ends the input and output of this thread on one descriptor when they take too long.
///
/// It strikes once the time is over, and then every tenth of a second. A stroke interrupts a blocked
/// system call, since its handler has no `SA_RESTART`, and shuts the reading side of a socket down,
/// since a client that sends without a pause never lets a call block. An answer is still possible.
///
/// The signal is `SIGALRM`, sent to the thread that made the watchdog and only while work is bound,
/// so it disturbs no system call outside.
final class Watchdog {
  private struct State {
    var descriptor: Int32 = -1
    var isOver = false
  }

  private let state: UnsafeMutablePointer<State>
  private let timer: timer_t?

  /// Makes a watchdog for the calling thread, the only one that may use it.
  init() throws(ServerError) {
    state = .allocate(capacity: 1)
    state.initialize(to: State())
    Self.installHandler()
    var event = sigevent()
    event.sigev_notify = Int32(SIGEV_THREAD_ID)
    event._sigev_un._tid = gettid()
    event.sigev_signo = SIGALRM
    event.sigev_value.sival_ptr = UnsafeMutableRawPointer(state)
    var timer: timer_t?
    guard timer_create(CLOCK_MONOTONIC, &event, &timer) == 0 else {
      state.deallocate()
      throw .timer(errno: errno)
    }
    self.timer = timer
  }

  deinit {
    timer_delete(timer)
    state.deallocate()
  }

  /// Whether the latest bound work took too long.
  var isOver: Bool { state.pointee.isOver }

  /// Does `work`, whose input and output on `descriptor` fail once `limit` has passed.
  func bind<Result>(_ descriptor: Int32, to limit: Duration, _ work: () -> Result) -> Result {
    state.pointee = State(descriptor: descriptor)
    setTimer(timer, after: limit, every: .milliseconds(100))
    // A stroke that is on its way arrives before this returns, for the signal is not blocked.
    defer { setTimer(timer, after: .zero) }
    return work()
  }

  private static func installHandler() {
    var action = sigaction()
    action.sa_flags = SA_SIGINFO
    action.__sigaction_handler.sa_sigaction = { _, info, _ in
      guard let info, info.pointee.si_code == Int32(SI_TIMER),
        let state = info.pointee._sifields._timer.si_sigval.sival_ptr?
          .assumingMemoryBound(to: State.self)
      else { return }
      let interrupted = errno
      state.pointee.isOver = true
      shutdown(state.pointee.descriptor, Int32(SHUT_RD))
      errno = interrupted
    }
    sigaction(SIGALRM, &action, nil)
    var alarm = sigset_t()
    sigemptyset(&alarm)
    sigaddset(&alarm, SIGALRM)
    pthread_sigmask(SIG_UNBLOCK, &alarm, nil)
  }
}
