import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Journal

@Suite struct WorkingTests {
  private let folder: TemporaryFolder
  private let working: Working
  private let now: Int64 = 1_772_649_012_345

  init() throws {
    folder = try TemporaryFolder()
    working = Journal(state: folder.path).working
  }

  @Test(arguments: Working.Work.allCases)
  func `a mark says what is done, by whom and since when, and goes with its owner`(
    _ work: Working.Work
  ) throws {
    var mark = working.begin(work, now: now)
    let place = try #require(working.live(work, now: now + 5_000).first)
    #expect(place.work == work && place.since == 1_772_649_012_000)
    #expect(place.name == "\(getpid())@\(Layout.hostName)")
    for other in Working.Work.allCases where other != work {
      #expect(working.live(other, now: now).isEmpty)
    }
    #expect(working.live(work, but: mark, now: now).isEmpty)
    withExtendedLifetime(mark) {}
    mark = nil
    #expect(working.live(work, now: now).isEmpty)
  }

  @Test func `a mark that is older than anything may take is of one who does not go on`() {
    let marks = [working.begin(.handling, now: now), working.begin(.probing, now: now - 5_000)]
    #expect(working.stuck(now: now + 29_000).map(\.work) == [.probing])
    #expect(working.stuck(now: now + 31_000).map(\.work) == [.probing, .handling])
    #expect(working.live(.handling, now: now + 31_000).isEmpty)
    withExtendedLifetime(marks) {}
  }

  @Test func `many begin within a second, and what else lies there disturbs nobody`() throws {
    let marks = (0..<40).map { _ in working.begin(.sending, now: now) }
    let place = folder.path + "/working"
    #expect(symlink("nowhere", place + "/link") == 0 && mkdir(place + "/folder", 0o700) == 0)
    #expect(mkfifo(place + "/pipe", 0o600) == 0)
    #expect(working.live(.sending, now: now).count == 40)
    withExtendedLifetime(marks) {}
  }

  @Test func `a folder that cannot be made marks nothing`() throws {
    try folder.write("", to: "working")
    #expect(working.begin(.handling, now: now) == nil)
    #expect(working.stuck(now: now + 60_000).isEmpty)
  }
}
