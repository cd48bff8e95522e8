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

  private func details(_ candidate: WebhookEvent.Details.Candidate) throws -> WebhookEvent.Details {
    WebhookEvent.Details(
      type: .applicationMoved, date: Timestamp(milliseconds: 0),
      application: WebhookEvent.Details.Application(id: try #require(ApplicationID("1"))),
      candidate: candidate)
  }

  @Test func `of a candidate is left what those need who know them`() throws {
    let candidate = try details(
      WebhookEvent.Details.Candidate(
        name: "Bianca Íris", lastName: "Prado", email: "bianca@example.com",
        identificationDocument: "52998224725", mobileNumber: "+5511955550101")
    ).masked.candidate
    #expect(candidate?.fullName == "B*** Í*** P***")
    #expect(candidate?.email == "b***@example.com")
    #expect(candidate?.identificationDocument == "***.982.247-**")
    #expect(candidate?.mobileNumber == "+55*******0101")
  }

  @Test func `what is no CPF, number or address shows nothing of itself`() throws {
    let candidate = try details(
      WebhookEvent.Details.Candidate(
        email: "bianca", identificationDocument: "AB 12345", mobileNumber: "99999")
    ).masked.candidate
    #expect(candidate?.email == "b***")
    #expect(candidate?.identificationDocument == "***")
    #expect(candidate?.mobileNumber == "***")
  }
}
