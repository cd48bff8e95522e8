import FastCGI
import Journal
import Testing

@testable import Handler

@Suite struct LogLineTests {
  private func line(_ answer: Answer) -> LogLine {
    var line = LogLine()
    line.add(answer)
    return line
  }

  @Test func `a provider's own words are not logged, gatilho's and the network's are`() {
    func reason(_ outcome: Outcome) -> String? {
      line(.settled(id: "a", outcome, isDuplicate: false)).reason
    }
    #expect(reason(Outcome(.rejected, reason: "no template for Bianca", httpStatus: 422)) == nil)
    #expect(reason(Outcome(.unconfirmed, reason: "Timeout was reached")) == "Timeout was reached")
    #expect(reason(Outcome(.ignored, reason: "stale")) == "stale")
  }

  @Test func `what a person may have to look at is a warning, once`() {
    for status in [Outcome.Status.undeliverable, .rejected, .unconfirmed] {
      #expect(line(.settled(id: "a", Outcome(status), isDuplicate: false)).level == .warning)
      #expect(line(.settled(id: "a", Outcome(status), isDuplicate: true)).level == .info)
    }
    #expect(line(.again(id: "a", Outcome(.unavailable), after: 60)).level == .warning)
    #expect(line(.settled(id: "a", Outcome(.accepted), isDuplicate: false)).level == .info)
  }
}
