import FoundationEssentials
import Gupy
import Journal
import TestSupport
import Testing

@testable import Handler

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
