import Gupy
import Testing

struct FixtureTests {
  private typealias Details = WebhookEvent.Details

  private func mobileProblem(_ kind: WebhookEvent.Problem.Kind) -> WebhookEvent.Problem {
    WebhookEvent.Problem(path: .candidateMobileNumber, problem: kind)
  }

  @Test func `a full creation keeps the stored fields and nothing else`() throws {
    #expect(
      try Fixture.details("application-created-full")
        == Details(
          type: .applicationCreated, date: Timestamp(milliseconds: 1_772_453_045_678),
          application: try #require(ApplicationID("612000101")),
          [
            .companyName: "Padaria Horizonte", .jobID: "7410021",
            .jobName: "Atendente de Loja - Unidade Moema", .jobBranchCode: "SP-07",
            .jobDepartmentCode: "OPE-10", .candidateName: "Bianca",
            .candidateLastName: "Prado Teles", .candidateEmail: "bianca.prado@example.com",
            .candidateIdentificationDocument: "52998224725",
            .candidateMobileNumber: "+5511955550101", .currentStepName: "Cadastro",
            .currentStepType: "register",
          ]))
  }

  @Test func `a full move has both steps and the event's own id`() throws {
    guard case .event(let event) = try Fixture.webhook("application-moved-full") else {
      Issue.record("no event")
      return
    }
    #expect(event.id == "9d2c7f10-1c58-4b6e-8f0a-3e5b9a6d1b01")
    #expect(event.details.type == .applicationMoved)
    #expect(event.details.date.description == "2026-03-04T18:30:12.345Z")
    #expect(event.details[.currentStepName] == "Entrevista com a Loja")
    #expect(event.details[.currentStepType] == "offline")
    #expect(event.details[.previousStepName] == "Teste de Português")
    #expect(event.details.problems == [])
  }

  @Test(arguments: [
    "application-created-keys-missing", "application-created-mobile-null",
    "application-created-manual-sparse", "application-moved-minimal",
  ])
  func `without a mobile the event stands and names the problem`(name: String) throws {
    let details = try Fixture.details(name)
    #expect(details.problems == [mobileProblem(.missing)])
    #expect(details.recipient == nil)
    #expect(details[.candidateMobileNumber] == nil)
    #expect(details[.candidateName] != nil)
  }

  @Test func `nulls of a sparse creation are absence`() throws {
    let details = try Fixture.details("application-created-manual-sparse")
    #expect(
      details.values(of: "job") == [.jobID: "7410022", .jobName: "Padeiro(a) Noturno"])
    #expect(details[.candidateIdentificationDocument] == nil)
    #expect(details[.candidateLastName] == "Moura")
  }

  @Test func `a move that came before its creation is whole`() throws {
    let details = try Fixture.details("application-moved-before-created")
    #expect(details.recipient?.e164 == "+5511955550107")
    #expect(details[.currentStepName] == "Teste de Português")
    #expect(details.problems == [])
  }

  @Test(arguments: [
    ("application-moved-contratacao-final", "Contratação", true),
    ("application-moved-pre-hire", "Pré-contratação", false),
    ("application-moved-full", "Entrevista com a Loja", false),
    ("application-moved-minimal", "Teste de Português", false),
  ])
  func `only the last step is final`(name: String, step: String, isFinal: Bool) throws {
    let details = try Fixture.details(name)
    #expect(details[.currentStepName] == step)
    #expect(details.isFinal == isFinal)
  }

  @Test func `the paths that integrators were told of are read too`() throws {
    let details = try Fixture.details("application-moved-seed-literal-paths")
    #expect(details.application.number == 612_000_111)
    #expect(
      details.values(of: "job")
        == [.jobID: "7410021", .jobName: "Atendente de Loja - Unidade Moema"])
    #expect(details[.candidateIdentificationDocument] == "11144477735")
    #expect(details[.currentStepName] == "Teste de Português")
    #expect(details[.previousStepName] == "Cadastro")
    #expect(details.problems == [])
  }

  @Test(arguments: [
    ("application-assigned", "a55169ed-2d7b-4b0a-8d53-0f9a6d40a001", "application.assigned"),
    ("pre-employee-moved", "f3e3a1a0-7c33-4a5e-9a10-3a1b2c3d4e01", "pre-employee.moved"),
  ])
  func `another action is not subscribed`(name: String, id: String, type: String) throws {
    #expect(try Fixture.webhook(name) == .notSubscribed(id: id, type: type))
  }
}
