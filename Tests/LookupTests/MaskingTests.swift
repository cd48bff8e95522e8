import Gupy
import Journal
import Testing

@Suite struct MaskingTests {
  @Test(
    arguments: [
      ("131026", "131026"), ("misconfigured: 0401", "misconfigured: 0401"),
      ("REJECTED_PREFIX", "REJECTED_PREFIX"), ("the number +5511955550101 is invalid", nil),
      ("5511955550101", nil), ("Bianca Prado", nil), ("", nil),
    ] as [(String, String?)])
  func `of a provider's answer only what looks like a code is shown`(
    _ reason: String, _ shown: String?
  ) {
    #expect(Outcome(.rejected, reason: reason, httpStatus: 400).masked.reason == shown)
  }

  @Test func `gatilho's own words are shown`() {
    let reason = "Could not connect to server"
    #expect(Outcome(.unavailable, reason: reason).masked.reason == reason)
  }

  private func details(_ values: [EventPath: String]) throws -> WebhookEvent.Details {
    WebhookEvent.Details(
      type: .applicationMoved, date: Timestamp(milliseconds: 0),
      application: try #require(ApplicationID("1")), values)
  }

  @Test func `of a candidate is left what those need who know them`() throws {
    let masked = try details([
      .candidateName: "Bianca Íris", .candidateLastName: "Prado",
      .candidateEmail: "bianca@example.com", .candidateIdentificationDocument: "52998224725",
      .candidateMobileNumber: "+5511955550101", .currentStepName: "Entrevista",
    ]).masked
    #expect(masked[.candidateFullName] == "B*** Í*** P***")
    #expect(masked[.candidateEmail] == "b***@example.com")
    #expect(masked[.candidateIdentificationDocument] == "***.982.247-**")
    #expect(masked[.candidateMobileNumber] == "+55*******0101")
    #expect(masked[.currentStepName] == "Entrevista")
  }

  @Test func `what is no CPF, number or address shows nothing of itself`() throws {
    let masked = try details([
      .candidateEmail: "bianca", .candidateIdentificationDocument: "AB 12345",
      .candidateMobileNumber: "99999",
    ]).masked
    #expect(masked[.candidateEmail] == "b***")
    #expect(masked[.candidateIdentificationDocument] == "***")
    #expect(masked[.candidateMobileNumber] == "***")
  }
}
