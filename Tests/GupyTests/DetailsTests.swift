import FoundationEssentials
import Gupy
import JSON
import Testing

struct DetailsTests {
  private typealias Details = WebhookEvent.Details

  private func json(_ details: WebhookEvent.Details) throws -> String {
    String(decoding: details.json, as: UTF8.self)
  }

  @Test func `details are stored in the journal's shape`() throws {
    #expect(
      try json(try Fixture.details("application-moved-full")) == """
        {"application":{"id":"612000101"},"candidate":{"email":"bianca.prado@example.com",\
        "identificationDocument":"52998224725","lastName":"Prado Teles",\
        "mobileNumber":"+5511955550101","name":"Bianca"},"companyName":"Padaria Horizonte",\
        "currentStep":{"name":"Entrevista com a Loja","type":"offline"},\
        "date":"2026-03-04T18:30:12.345Z","job":{"branchCode":"SP-07","departmentCode":"OPE-10",\
        "id":"7410021","name":"Atendente de Loja - Unidade Moema"},\
        "previousStep":{"name":"Teste de Português"},"problems":[],"type":"application.moved"}
        """)
  }

  @Test func `what is absent is left out, and objects with nothing in them too`() throws {
    #expect(
      try json(try Fixture.details(data: #"{"application":{"id":7},"candidate":{"name":""}}"#))
        == """
        {"application":{"id":"7"},"date":"2026-03-04T18:30:12.000Z","problems":[\
        {"path":"job.name","problem":"missing"},\
        {"path":"candidate.mobileNumber","problem":"missing"},\
        {"path":"currentStep.name","problem":"missing"}],"type":"application.moved"}
        """)
  }

  @Test(arguments: [
    "application-created-full", "application-created-keys-missing",
    "application-created-manual-sparse", "application-created-mobile-null",
    "application-moved-before-created", "application-moved-contratacao-final",
    "application-moved-full", "application-moved-minimal", "application-moved-pre-hire",
    "application-moved-seed-literal-paths",
  ])
  func `what is stored reads back equal`(name: String) throws {
    let details = try Fixture.details(name)
    #expect(Details(json: details.json[...]) == details)
  }

  @Test func `a problem that a later program notes is passed over, and the event is whole`() throws
  {
    let details = try Fixture.details("application-moved-minimal")
    let later = String(decoding: details.json, as: UTF8.self).replacing(
      "\"problems\":[",
      with:
        #""problems":[{"path":"event.date","problem":"new"},{"path":"new","problem":"missing"},"#)
    #expect(Details(json: Array(later.replacing(",]", with: "]").utf8)[...]) == details)
  }

  @Test func `objects with nothing in them count as absent`() throws {
    let details = try Fixture.details([:])
    let json = String(decoding: details.json, as: UTF8.self).replacing(
      #","date""#, with: #","candidate":{},"currentStep":{},"job":null,"previousStep":[],"date""#)
    #expect(Details(json: Array(json.utf8)[...]) == details)
  }

  @Test func `every path but the event's and the full name is kept, each in its place`() throws {
    let derived =
      EventPath.allCases.filter { $0.rawValue.hasPrefix("event.") } + [
        .candidateFullName, .applicationID,
      ]
    let kept = Set(EventPath.allCases).subtracting(derived)
    let values = Dictionary(uniqueKeysWithValues: kept.map { ($0, "<\($0)>") })
    let details = try Fixture.details(values)
    for path in kept {
      #expect(details[path] == "<\(path)>")
      let node = try JSONDocument(details.json[...]).root
      let names = path.rawValue.split(separator: ".").map(String.init)
      #expect(names.reduce(node) { $0?[$1] }?.text == "<\(path)>")
    }
    #expect(Details(json: details.json[...]) == details)
  }

  @Test func `what is erased leaves the step, and a phone takes another's place`() throws {
    let details = try Fixture.details("application-moved-full")
    #expect(details.erased.values(of: "currentStep") == details.values(of: "currentStep"))
    for object in ["candidate", "job", "previousStep"] {
      #expect(details.erased.values(of: object) == [:])
    }
    #expect(details.erased.isInStep(of: details) && details.erased[.companyName] == nil)
    let phone = try #require(PhoneNumber(mobile: "+351912345678"))
    #expect(details.addressed(to: phone).recipient == phone)
    #expect(try Fixture.details([:]).addressed(to: phone).recipient == phone)
  }

  @Test(arguments: [
    ("final", true), ("FINAL ", true), ("pre_hire", false), ("finale", false), (nil, false),
  ])
  func `a step is final by its type alone`(type: String?, isFinal: Bool) throws {
    let values = [EventPath.currentStepName: "Contratação", .currentStepType: type]
    #expect(try Fixture.details(values.compactMapValues(\.self)).isFinal == isFinal)
  }
}
