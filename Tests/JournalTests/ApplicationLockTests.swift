import Glibc
import TestSupport
import Testing

@testable import Journal

@Suite struct ApplicationLockTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Whether an application's lock was got, and after how long.
  private func take(
    _ application: Int64, wait: Duration, queues: Bool = true
  ) throws -> (isTaken: Bool, after: Duration) {
    let start = ContinuousClock.now
    do throws(JournalError) {
      _ = try ApplicationLock(
        application, path: folder.path + "/lock", wait: wait,
        queue: queues ? folder.path + "/waiting" : nil)
      return (true, ContinuousClock.now - start)
    } catch .busy(application) {
      return (false, ContinuousClock.now - start)
    }
  }

  @Test func `one waits for an application, and the others are told at once`() throws {
    let holder = try File(folder.path + "/lock", O_RDWR | O_CREAT)
    let isHeld = try holder.lockByte(7)
    #expect(isHeld)
    let alone = try take(7, wait: .milliseconds(300))
    #expect(!alone.isTaken && alone.after >= .milliseconds(300))
    let waiter = try File(folder.path + "/waiting", O_RDWR | O_CREAT)
    let isWaiting = try waiter.lockByte(7)
    #expect(isWaiting)
    let second = try take(7, wait: .seconds(60))
    #expect(!second.isTaken && second.after < .seconds(50))
    let patient = try take(7, wait: .milliseconds(300), queues: false)
    #expect(!patient.isTaken && patient.after >= .milliseconds(300))
    #expect(try take(8, wait: .zero).isTaken)
  }

  @Test func `a lock that is free is taken whoever waits`() throws {
    let waiter = try File(folder.path + "/waiting", O_RDWR | O_CREAT)
    let isWaiting = try waiter.lockByte(7)
    #expect(isWaiting)
    #expect(try take(7, wait: .zero).isTaken)
  }
}
