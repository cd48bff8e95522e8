import Glibc
import Synchronization

/// A timer that tells somebody when a request is in hand for too long.
///
/// It tells on a thread of its own, so that it does where the thread that handles hangs in a call that
/// no signal interrupts, such as a sync to a disk that does not answer.
final class HandlingWatch: Sendable {
  private let limit: Duration
  private let overdue: @Sendable () -> Void
  /// Odd while a request is in hand, and another number for each.
  private let turn = Atomic(0)
  /// When the request in hand began, in milliseconds of the monotonic clock.
  private let begin = Atomic<Int64>(0)
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
    begin.store(Self.now, ordering: .sequentiallyConsistent)
    turn.add(1, ordering: .sequentiallyConsistent)
    set(limit)
    defer {
      set(.zero)
      turn.add(1, ordering: .sequentiallyConsistent)
    }
    return work()
  }

  private func set(_ limit: Duration) {
    var times = itimerspec()
    times.it_value = timespec(limit)
    times.it_interval = timespec(tv_sec: 1, tv_nsec: 0)
    timer.withLock { _ = timer_settime($0, 0, &times, nil) }
  }

  private func strike() {
    let now = turn.load(ordering: .sequentiallyConsistent)
    // The timer's thread may come to it only when another request is in hand.
    let age = Self.now - begin.load(ordering: .sequentiallyConsistent)
    guard !now.isMultiple(of: 2), Duration.milliseconds(age + 1) >= limit else { return }
    sleep(Self.grace)
    if turn.load(ordering: .sequentiallyConsistent) == now { overdue() }
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
