import FoundationEssentials
import Gupy
import Journal
import TestSupport
import Testing

@testable import Handler
@testable import Operations

/// Which quarantined bodies are about a person or an application.
@Suite struct ErasureTests {
  private static let cases: [(body: String, isByCPF: Bool, isByEmail: Bool, isOfSeven: Bool)] = [
    (#"{"a":"529.982.247-25"}"#, true, false, false),
    (#"{"a":"529\u002e982\u002e247\u002d25"}"#, true, false, false),
    (#"{"a":52998224725}"#, true, false, false),
    (#"{"a":"Bianca\u0040Example.com"}"#, false, true, false),
    (#"{"a":"ana.bianca@example.com"}"#, false, false, false),
    (#"{"a":"152998224725"}"#, false, false, false),
    (#"{"data":{"application":{"id":7.0}}}"#, false, false, true),
    (#"{"application":{"id":"7"},"a":"bianca@example.com"}"#, false, true, true),
    (#"{"data":{"application":{"id":70}}}"#, false, false, false),
    (#"{"broken":"52998224725"#, true, false, false),
    ("[]", false, false, false),
    (#"{"data":{"application":{"id":70,"id":7}}}"#, false, false, true),
    (#"{"a":"５２９−９８２.247-25","b":"Bianca <bianca@example.com>"}"#, true, true, false),
  ]

  @Test(arguments: cases)
  func `a quarantined body goes when it is about the person or the application`(
    _ body: String, _ isByCPF: Bool, _ isByEmail: Bool, _ isOfSeven: Bool
  ) throws {
    let cpf = Person.cpf(try #require(CPF("52998224725")))
    let email = Person.email(try #require(EmailAddress("bianca@example.com")))
    let seven = try #require(ApplicationID("7"))
    #expect(try goes(body, .person(cpf)) == isByCPF)
    #expect(try goes(body, .person(email)) == isByEmail)
    #expect(try goes(body, .application(seven)) == isOfSeven)
  }

  /// The application that is erased knows more of the candidate than the address that was given.
  @Test(arguments: [
    (#"{"fone":"(11) 95555-0101"}"#, true), (#"{"cpf":52998224725}"#, true),
    (#"{"nome":"BIANCA  Prádo"}"#, true), (#"{"data":{"application":{"id":9.0}}}"#, true),
    (#"{"name":"Bianca","lastName":"Prado""#, true), (#"{"nome":"Bianca Souza"}"#, false),
    (#"{"fone":"(11) 95555-0102"}"#, false), (#"{"data":{"application":{"id":8}}}"#, false),
  ])
  func `a quarantined body goes by all that the erased applications name`(
    _ body: String, _ isGone: Bool
  ) throws {
    let folder = try TemporaryFolder()
    let journal = Journal(state: folder.path)
    let details = WebhookEvent.Details(
      type: .applicationMoved, date: .now, application: try #require(ApplicationID("9")),
      [
        .candidateName: "Bianca", .candidateLastName: "Prado",
        .candidateEmail: "bianca@example.com", .candidateIdentificationDocument: "52998224725",
        .candidateMobileNumber: "+5511955550101",
      ])
    do {
      var story = try journal.open(9, wait: .seconds(10))
      try story.keep(
        "e", adding: [Line(at: .now, eventId: "e", .event(details))])
    }
    try journal.quarantine.keep(Array(body.utf8))
    let email = Person.email(try #require(EmailAddress("bianca@example.com")))
    for target in [Erasure.Target.person(email), .application(details.application)] {
      let erasure = Erasure(journal, of: target, now: .now)
      let found = try erasure.find(progress: { _, _ in })
      #expect(found.report.events == 1)
      #expect(found.report.quarantined == (isGone ? 1 : 0))
    }
  }

  /// Whether it goes; a draft that a dead process left goes with it.
  private func goes(_ body: String, _ target: Erasure.Target) throws -> Bool {
    let folder = try TemporaryFolder()
    let journal = Journal(state: folder.path)
    try journal.quarantine.keep(Array(body.utf8))
    try folder.write(body, to: "quarantine/0.json.1")
    let erasure = Erasure(journal, of: target, now: .now)
    let run = RemovalRun(
      isStopped: { false }, progress: { _, _ in }, complain: { Issue.record("\($0)") })
    let found = try erasure.find(progress: { _, _ in })
    let report = try erasure.erase(found, run)
    let left = try journal.quarantine.everything().count
    #expect(report.quarantined + left == 2 && left != 1)
    return left == 0
  }
}
