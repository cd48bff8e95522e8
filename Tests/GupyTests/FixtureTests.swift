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
          companyName: "Padaria Horizonte",
          job: Details.Job(
            id: "7410021", name: "Atendente de Loja - Unidade Moema", branchCode: "SP-07",
            departmentCode: "OPE-10"),
          application: Details.Application(id: try #require(ApplicationID("612000101"))),
          candidate: Details.Candidate(
            name: "Bianca", lastName: "Prado Teles", email: "bianca.prado@example.com",
            identificationDocument: "52998224725", mobileNumber: "+5511955550101"),
          currentStep: Details.Step(name: "Cadastro", type: "register")))
  }

  @Test func `a full move has both steps and the event's own id`() throws {
    guard case .event(let event) = try Fixture.webhook("application-moved-full") else {
      Issue.record("no event")
      return
    }
    #expect(event.id == "9d2c7f10-1c58-4b6e-8f0a-3e5b9a6d1b01")
    #expect(event.details.type == .applicationMoved)
    #expect(event.details.date.description == "2026-03-04T18:30:12.345Z")
    #expect(event.details.currentStep?.name == "Entrevista com a Loja")
    #expect(event.details.currentStep?.type == "offline")
    #expect(event.details.previousStep == Details.Step(name: "Teste de Português"))
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
    #expect(details.candidate?.mobileNumber == nil)
    #expect(details.candidate?.name != nil)
  }

  @Test func `nulls of a sparse creation are absence`() throws {
    let details = try Fixture.details("application-created-manual-sparse")
    #expect(details.job == Details.Job(id: "7410022", name: "Padeiro(a) Noturno"))
    #expect(details.candidate?.identificationDocument == nil)
    #expect(details.candidate?.lastName == "Moura")
  }

  @Test func `a move that came before its creation is whole`() throws {
    let details = try Fixture.details("application-moved-before-created")
    #expect(details.recipient?.e164 == "+5511955550107")
    #expect(details.currentStep?.name == "Teste de Português")
    #expect(details.problems == [])
  }

  @Test(arguments: [
    ("application-moved-contratacao-final", "Contratação", true),
    ("application-moved-pre-hire", "Pré-contratação", false),
    ("application-moved-full", "Entrevista com a Loja", false),
    ("application-moved-minimal", "Teste de Português", false),
  ])
  func `only the last step is final`(name: String, step: String, isFinal: Bool) throws {
    let currentStep = try #require(try Fixture.details(name).currentStep)
    #expect(currentStep.name == step)
    #expect(currentStep.isFinal == isFinal)
  }

  @Test func `the paths that integrators were told of are read too`() throws {
    let details = try Fixture.details("application-moved-seed-literal-paths")
    #expect(details.application.id.number == 612_000_111)
    #expect(
      details.job == Details.Job(id: "7410021", name: "Atendente de Loja - Unidade Moema"))
    #expect(details.candidate?.identificationDocument == "11144477735")
    #expect(details.currentStep?.name == "Teste de Português")
    #expect(details.previousStep?.name == "Cadastro")
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
