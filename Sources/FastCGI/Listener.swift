import Glibc

/// A listening socket that several processes may share.
struct Listener {
  private let descriptor: Int32
  private let signals: StopSignals

  /// Takes a listening socket and makes it non-blocking.
  ///
  /// Of two workers that are woken by one connection, the slower one would otherwise hang in
  /// accept(2), deaf to signals.
  init(descriptor: Int32, signals: StopSignals) {
    self.descriptor = descriptor
    self.signals = signals
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  /// Waits for the next connection, and returns its descriptor, or nil once a stop signal came or
  /// `patience` was over.
  ///
  /// Throws only if the socket itself is of no use any more.
  func next(within patience: Duration?) throws(ServerError) -> Int32? {
    let end = patience.map { ContinuousClock.now + $0 }
    while signals.wait(forInputOn: descriptor, until: end) {
      let connection = accept4(descriptor, __SOCKADDR_ARG(), nil, Int32(SOCK_CLOEXEC.rawValue))
      if connection >= 0 { return connection }
      switch Failure(errno: errno) {
      case .passing: continue
      case .shortage: usleep(100_000)
      case .final(let number): throw .accept(errno: number)
      }
    }
    return nil
  }

  /// What a failure of accept(2) means for the next attempt.
  enum Failure: Equatable {
    /// Somebody else was faster, or the client left: try again.
    case passing

    /// The machine or the network lacks something: try again after a pause.
    case shortage

    /// The descriptor does not listen, with the `errno`.
    case final(Int32)

    /// Sorts an `errno` of accept(2).
    init(errno number: Int32) {
      switch number {
      case EAGAIN, EINTR, ECONNABORTED: self = .passing
      case EBADF, EINVAL, ENOTSOCK, EFAULT: self = .final(number)
      default: self = .shortage
      }
    }
  }
}
