import Gupy
import Testing

struct EventPathTests {
  private func event(_ details: WebhookEvent.Details) -> WebhookEvent {
    WebhookEvent(id: "e-1", details: details)
  }

  private static let valuesOfFullMove: [String: String] = [
    "event.id": "e-1", "event.type": "application.moved",
    "event.date": "2026-03-04T18:30:12.345Z", "companyName": "Padaria Horizonte",
    "job.id": "7410021", "job.name": "Atendente de Loja - Unidade Moema",
    "job.branchCode": "SP-07", "job.departmentCode": "OPE-10", "application.id": "612000101",
    "candidate.name": "Bianca", "candidate.lastName": "Prado Teles",
    "candidate.fullName": "Bianca Prado Teles", "candidate.email": "bianca.prado@example.com",
    "candidate.identificationDocument": "52998224725",
    "candidate.mobileNumber": "+5511955550101", "currentStep.name": "Entrevista com a Loja",
    "currentStep.type": "offline", "previousStep.name": "Teste de Português",
  ]

  @Test func `every path has its value in a full event`() throws {
    let event = event(try Fixture.details("application-moved-full"))
    let values = EventPath.allCases.map { ($0.rawValue, event.value(at: $0)) }
    #expect(
      Dictionary(uniqueKeysWithValues: values) == Self.valuesOfFullMove.mapValues(Optional.some))
  }

  @Test func `an event with nothing in it has only its ids, type and date`() throws {
    let event = event(try Fixture.details(data: #"{"application":{"id":7}}"#))
    let present = EventPath.allCases.filter { event.value(at: $0) != nil }
    #expect(present == [.eventID, .eventType, .eventDate, .applicationID])
  }

  @Test(arguments: [
    ("Bia", "Prado", "Bia Prado"), ("Bia", nil, "Bia"), (nil, "Prado", "Prado"), (nil, nil, nil),
  ])
  func `a full name is made of what is there`(name: String?, lastName: String?, full: String?)
    throws
  {
    let values = [EventPath.candidateName: name, .candidateLastName: lastName]
    #expect(try Fixture.details(values.compactMapValues(\.self))[.candidateFullName] == full)
  }
}
