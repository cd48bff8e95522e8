import CLinux
import Glibc

/// A listening socket that several processes may share.
struct Listener: ~Copyable {
  private let descriptor: Int32
  /// Is readable once a stop signal is pending.
  private let signals: Int32
  /// Waits for both. For a connection exclusively: of 64 idle workers it wakes one, where poll(2)
  /// would wake all (epoll_ctl(2), `EPOLLEXCLUSIVE`).
  private let epoll: Int32

  /// Takes a listening socket and makes it non-blocking.
  ///
  /// Of two workers that are woken by one connection, the slower one would otherwise hang in
  /// accept(2), deaf to signals.
  ///
  /// - Parameter stop: What ends the wait; blocked in the calling thread, which alone may wait.
  init(descriptor: Int32, stop: sigset_t) throws(ServerError) {
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    var set = stop
    signals = signalfd(-1, &set, Int32(SFD_CLOEXEC))
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    try watch(signals, EPOLLIN.rawValue)
    try watch(descriptor, EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue)
  }

  deinit {
    close(epoll)
    close(signals)
  }

  private func watch(_ descriptor: Int32, _ events: UInt32) throws(ServerError) {
    var event = epoll_event(events: events, data: epoll_data(fd: descriptor))
    guard epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 else {
      throw .accept(errno: errno)
    }
  }

  /// A connection, and whether it was waited for: else it may have waited itself.
  typealias Arrival = (connection: Int32, wasAwaited: Bool)

  /// Waits for the next connection, and returns it, or nil once a stop signal came or `patience` was
  /// over.
  ///
  /// Throws only if the socket itself is of no use any more.
  func next(within patience: Duration?) throws(ServerError) -> Arrival? {
    let end = patience.map { ContinuousClock.now + $0 }
    while let wasAwaited = wait(until: end) {
      let connection = accept4(descriptor, __SOCKADDR_ARG(), nil, Int32(SOCK_CLOEXEC.rawValue))
      if connection >= 0 { return (connection, wasAwaited) }
      usleep(try Self.pause(after: errno))
    }
    return nil
  }

  /// Waits for a connection, and returns whether none was there yet; nil if a signal or the `end` came
  /// instead.
  ///
  /// Whatever else interrupts it, such as a stop and a continuation (signal(7)), is waited through.
  private func wait(until end: ContinuousClock.Instant?) -> Bool? {
    var wasAwaited = false
    while true {
      var events = (epoll_event(), epoll_event())
      let rest = end.map { Int32(clamping: Int(max(.zero, $0 - .now) / .milliseconds(1))) } ?? -1
      let count = withUnsafeMutableBytes(of: &events) { bytes in
        let events = bytes.assumingMemoryBound(to: epoll_event.self)
        return epoll_wait(epoll, events.baseAddress, 2, wasAwaited ? rest : 0)
      }
      if count < 0, errno == EINTR { continue }
      if count == 0, !wasAwaited {
        wasAwaited = true
        continue
      }
      return count == 1 && events.0.data.fd != signals || count < 0 ? wasAwaited : nil
    }
  }

  /// How long to wait after a failed accept(2), in microseconds: not at all if somebody else was faster
  /// or the client left, a while if the machine or the network lacks something.
  ///
  /// Throws if the descriptor does not listen.
  static func pause(after number: Int32) throws(ServerError) -> UInt32 {
    switch number {
    case EAGAIN, EINTR, ECONNABORTED: return 0
    case EBADF, EINVAL, ENOTSOCK, EFAULT: throw .accept(errno: number)
    default: return 100_000
    }
  }
}
