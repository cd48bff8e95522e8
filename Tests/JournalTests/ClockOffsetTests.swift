import FoundationEssentials
import TestSupport
import Testing

@testable import Journal

@Suite struct ClockOffsetTests {
  private let folder: TemporaryFolder
  private let clock: ClockOffset

  init() throws {
    folder = try TemporaryFolder()
    clock = Journal(state: folder.path).clock
  }

  private func idle(_ age: Int64) -> Int64 { clock.learn(age, wasIdle: true) }
  private func queued(_ age: Int64) -> Int64 { clock.learn(age, wasIdle: false) }

  @Test func `an age that idle workers see again and again is a difference of the clocks`() {
    #expect([20_100, 20_050, 20_200].map(idle) == [0, 0, 20_050])
    #expect(queued(29_000) == 20_050)
  }

  @Test func `one age that is not seen again is none`() {
    for _ in 0..<5 { #expect([20_000, 20_000, 100].map(idle) == [0, 0, 0]) }
    #expect(kept.isEmpty)
  }

  @Test func `a queue is none, however long it lasts`() {
    for age in stride(from: 2_000, to: 28_000, by: 100) { #expect(queued(Int64(age)) == 0) }
    #expect(kept.isEmpty)
  }

  @Test func `nothing waits for less than no time: nginx's clock is ahead`() {
    #expect(queued(-20_000) == -20_000)
    #expect(queued(-15_000) == -20_000)
    #expect(queued(-25_000) == -25_000)
    #expect(queued(-999) == -25_000)
  }

  @Test func `a clock that was set is believed, backwards at once and forwards when it is seen`() {
    #expect([20_000, 20_000, 20_000].map(idle) == [0, 0, 20_000])
    #expect(queued(8_000) == 8_000)
    #expect(idle(10) == 0)
    #expect(kept.isEmpty)
    #expect(queued(-20_000) == -20_000)
    #expect([0, 0, 0].map(idle) == [-20_000, -20_000, 0])
    #expect(kept.isEmpty)
  }

  @Test func `a difference within the tolerance is none and writes nothing`() {
    for age in [0, 900, -900, 400, 1_000, -1_000] as [Int64] { #expect(idle(age) == 0) }
    #expect(kept.isEmpty)
  }

  @Test func `a file that cannot be read is none`() throws {
    #expect([20_000, 20_000, 20_000].map(idle).last == 20_000)
    for name in kept { try folder.write("{", to: "clocks/\(name)") }
    #expect(queued(20_000) == 0)
  }

  private var kept: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/clocks")) ?? []
  }
}
