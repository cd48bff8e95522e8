import FoundationEssentials
import Gupy
import Testing

@testable import Handler

@Suite struct DeadlineTests {
  private func deadline(_ receivedAt: String?, ahead offset: Duration = .zero) -> Deadline {
    let now = Timestamp(milliseconds: 1_000_000_000)
    return Deadline(age: Deadline.age(receivedAt: receivedAt, now: now), offset: offset)
  }

  /// Whether so much was left when the deadline was set, whatever has passed since.
  private func leaves(_ receivedAt: String?, seconds: Int) -> Bool {
    let begin = ContinuousClock.now
    let left = deadline(receivedAt).left
    return .seconds(seconds) - (ContinuousClock.now - begin) ... .seconds(seconds) ~= left
  }

  @Test func `a difference of the clocks that is known is no time in the queue`() {
    #expect(deadline("999980.000", ahead: .seconds(20)).waited == .zero)
    #expect(deadline("999970.000", ahead: .seconds(20)).waited == .seconds(10))
    #expect(deadline("1000015.000", ahead: .seconds(-20)).waited == .seconds(5))
    #expect(deadline("999975.000", ahead: .seconds(60)).waited == .zero)
    #expect(deadline("999930.000", ahead: .seconds(60)).waited == .seconds(10))
  }

  @Test func `time in the listen queue counts, and a clock that differs does not`() {
    #expect(leaves("1000000.000", seconds: 25))
    #expect(leaves("999990.000", seconds: 15))
    #expect(leaves("999972.000", seconds: -3))
    #expect(leaves("999971.000", seconds: 25))
    #expect(leaves("1000001.000", seconds: 25))
    for text in [nil, "", "x", "nan", "inf", "-1"] {
      #expect(leaves(text, seconds: 25), "\(text ?? "")")
    }
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
