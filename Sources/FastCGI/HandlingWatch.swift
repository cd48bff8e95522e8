import Glibc
import Synchronization

/// A timer that tells somebody when a request is in hand for too long.
///
/// It tells on a thread of its own, so that it does where the thread that handles hangs in a call that
/// no signal interrupts, such as a sync to a disk that does not answer.
final class HandlingWatch: Sendable {
  private let limit: Duration
  private let overdue: @Sendable () -> Void
  /// When the request in hand began; nil for none.
  private let begin = Mutex<ContinuousClock.Instant?>(nil)
  private let timer = Mutex<timer_t?>(nil)

  /// A request that lasts for longer goes on by itself as often as not once its process, which was
  /// stopped, is continued: it gets so long, in seconds.
  private static let grace: UInt32 = 1

  /// Calls `overdue` when a request is in hand for longer than `limit`, and again each second until it
  /// is not.
  init(limit: Duration, overdue: @escaping @Sendable () -> Void) throws(ServerError) {
    (self.limit, self.overdue) = (limit, overdue)
    var event = sigevent()
    event.sigev_notify = Int32(SIGEV_THREAD)
    event._sigev_un._sigev_thread._function = { value in
      guard let watch = value.sival_ptr else { return }
      Unmanaged<HandlingWatch>.fromOpaque(watch).takeUnretainedValue().strike()
    }
    event.sigev_value.sival_ptr = Unmanaged.passUnretained(self).toOpaque()
    let number = timer.withLock { timer_create(CLOCK_MONOTONIC, &event, &$0) == 0 ? 0 : errno }
    guard number == 0 else { throw .timer(errno: number) }
  }

  deinit { timer.withLock { _ = timer_delete($0) } }

  /// Does `work`, and tells when it takes too long.
  func bind<Result>(_ work: () -> Result) -> Result {
    begin.withLock { $0 = .now }
    timer.withLock { setTimer($0, after: limit, every: .seconds(1)) }
    defer {
      timer.withLock { setTimer($0, after: .zero) }
      begin.withLock { $0 = nil }
    }
    return work()
  }

  private func strike() {
    // The timer's thread may come to it only when another request is in hand.
    guard let begin = begin.withLock(\.self), .now - begin >= limit else { return }
    sleep(Self.grace)
    if self.begin.withLock(\.self) == begin { overdue() }
  }
}

/// Lets a timer strike after a while, and again and again; a while of zero stops it.
func setTimer(_ timer: timer_t?, after first: Duration, every next: Duration = .zero) {
  var times = itimerspec()
  times.it_value = timespec(first)
  times.it_interval = timespec(next)
  timer_settime(timer, 0, &times, nil)
}

extension timespec {
  /// The duration in whole nanoseconds.
  fileprivate init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
  }
}
