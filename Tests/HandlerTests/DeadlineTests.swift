import FoundationEssentials
import Gupy
import Testing

@testable import Handler

@Suite struct DeadlineTests {
  private func left(_ receivedAt: String?) -> Duration {
    deadline(receivedAt).left
  }

  private func deadline(_ receivedAt: String?, ahead offset: Duration = .zero) -> Deadline {
    let now = Timestamp(milliseconds: 1_000_000_000)
    return Deadline(age: Deadline.age(receivedAt: receivedAt, now: now), offset: offset)
  }

  @Test func `a difference of the clocks that is known is no time in the queue`() {
    #expect(deadline("999980.000", ahead: .seconds(20)).waited == .zero)
    #expect(deadline("999970.000", ahead: .seconds(20)).waited == .seconds(10))
    #expect(deadline("1000015.000", ahead: .seconds(-20)).waited == .seconds(5))
    #expect(deadline("999975.000", ahead: .seconds(60)).waited == .zero)
    #expect(deadline("999930.000", ahead: .seconds(60)).waited == .seconds(10))
  }

  @Test func `time in the listen queue counts, and a clock that differs does not`() {
    func isAbout(_ receivedAt: String?, _ seconds: Int) -> Bool {
      .seconds(seconds) - .milliseconds(500) ... .seconds(seconds) ~= left(receivedAt)
    }
    #expect(isAbout("1000000.000", 25))
    #expect(isAbout("999990.000", 15))
    #expect(isAbout("999972.000", -3))
    #expect(isAbout("999971.000", 25))
    #expect(isAbout("1000001.000", 25))
    for text in [nil, "", "x", "nan", "inf", "-1"] { #expect(isAbout(text, 25), "\(text ?? "")") }
  }

  @Test func `nginx waits longer than the handler, and less long than Gupy`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../nginx/gatilho-location.conf").standardized
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let match = try #require(text.firstMatch(of: /\n  fastcgi_read_timeout (\d+)s;/))
    let nginx = Duration.seconds(try #require(Int(match.1)))
    #expect(Deadline.budget < nginx && nginx < .seconds(30))
  }

  @Test func `nothing is sent with less than 11 s left, and no lock is waited for in vain`() {
    #expect(deadline("999987.000").allowsSending)
    #expect(!deadline("999985.900").allowsSending)
    #expect(deadline("1000000.000").lockWait == .seconds(10))
    #expect(deadline("999980.000").lockWait < .seconds(5))
    #expect(deadline("999973.000").lockWait == .zero)
  }
}
