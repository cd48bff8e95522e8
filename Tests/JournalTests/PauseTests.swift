import FoundationEssentials
import TestSupport
import Testing

@testable import Journal

@Suite struct PauseTests {
  private let folder: TemporaryFolder
  private let pause: Pause
  private let now: Int64 = 1_772_649_012_345

  init() throws {
    folder = try TemporaryFolder()
    pause = Journal(state: folder.path).pause
  }

  private func isOpen(_ now: Int64) throws -> Bool { try pause.enter(now: now) != nil }

  private func fail(_ times: Int) {
    for _ in 0..<times { pause.noteFailure(now: now, "unavailable") }
  }

  @Test func `three failures in a row begin a pause of a minute`() throws {
    #expect(try isOpen(now))
    fail(2)
    #expect(try isOpen(now))
    fail(1)
    #expect(try !isOpen(now))
    #expect(try !isOpen(now + 59_999))
    #expect(try isOpen(now + 60_000))
  }

  @Test func `a success ends it, and then three more have to fail`() throws {
    fail(2)
    pause.noteSuccess()
    fail(2)
    #expect(try isOpen(now))
    fail(5)
    pause.noteSuccess()
    #expect(try isOpen(now))
  }

  @Test func `after it one tries, and the next when that is done or dead`() throws {
    fail(3)
    var first = try pause.enter(now: now + 60_000)
    #expect(first != nil)
    #expect(try !isOpen(now + 60_000))
    first = nil
    #expect(try isOpen(now + 60_000))
  }

  @Test func `a try that fails begins a pause of a minute`() throws {
    fail(3)
    #expect(try isOpen(now + 60_000))
    pause.noteFailure(now: now + 60_000, "unconfirmed")
    #expect(try !isOpen(now + 119_999))
    #expect(try isOpen(now + 120_000))
  }

  @Test func `after a failure no more are on their way than may still fail`() throws {
    var sending = [try pause.enter(now: now), try pause.enter(now: now)]
    #expect(try isOpen(now))
    fail(1)
    #expect(try !isOpen(now))
    sending.removeLast()
    #expect(try isOpen(now))
    fail(1)
    #expect(try !isOpen(now))
    sending.removeLast()
    #expect(try isOpen(now))
  }

  @Test func `an end that is farther away than a pause is long is not believed`() throws {
    fail(3)
    #expect(try isOpen(now - 1))
    #expect(try isOpen(now - 86_400_000))
  }

  @Test(arguments: ["", "\n\n\n", "{}\n{}\n{}\n", "null\n1\n[]\n", "\u{0}\u{0}\u{0}\n"])
  func `a file that cannot be read pauses nothing, and failures still count`(
    _ text: String
  ) throws {
    try folder.write(text, to: "provider.jsonl")
    #expect(try isOpen(now))
    fail(3)
    #expect(try !isOpen(now))
  }
}
