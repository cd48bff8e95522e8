import Glibc
import Synchronization
import Testing

@testable import FastCGI

@Suite struct HandlingWatchTests {
  @Test func `who is in hand for too long is told of, again and again, and nobody else`() throws {
    let told = Mutex(0)
    let watch = try HandlingWatch(limit: .seconds(1)) { told.withLock { $0 += 1 } }
    for _ in 0..<100 { watch.bind {} }
    usleep(200_000)
    #expect(told.withLock(\.self) == 0)
    watch.bind { while told.withLock(\.self) < 2 { usleep(10_000) } }
    // A stroke that has begun looks after a second whether the request is still in hand.
    sleep(2)
    let count = told.withLock(\.self)
    sleep(2)
    #expect(told.withLock(\.self) == count)
  }

  @Test func `a call that no signal interrupts does not keep it from telling`() throws {
    let told = Mutex(false)
    let watch = try HandlingWatch(limit: .milliseconds(50)) { told.withLock { $0 = true } }
    watch.bind {
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_BLOCK, &all, nil)
      while !told.withLock(\.self) { usleep(10_000) }
    }
  }
}
