import FoundationEssentials
import TestSupport
import Testing

/// One word a thing: the words that the project uses stand in the map's glossary, and no private word stands
/// on a page.
@Suite struct GlossaryTests {
  private static let words = [
    "request", "response", "params", "payload", "webhook event", "application", "job", "candidate",
    "current step", "previous step", "policy", "decision", "message", "provider", "profile",
    "delivery", "receipt", "attempt", "outcome", "duplicate", "superseded", "journal", "verdict",
    "probe", "circuit breaker", "needs action", "accepted", "ignored", "undeliverable",
    "rejected", "unavailable", "unconfirmed", "repeated", "stale", "quarantined",
    "notSubscribed",
  ]

  private func glossary() throws -> [String] {
    let section = try projectText("Sources/README.md").components(separatedBy: "\n## Words\n")
    let rows = try #require(section.last).split(separator: "\n").filter { $0.hasPrefix("| ") }
    return rows.dropFirst().flatMap { row in
      row.dropFirst(2).components(separatedBy: " | ")[0].components(separatedBy: ", ")
    }
  }

  @Test func `the glossary has each word once`() throws {
    let glossary = try glossary()
    #expect(Set(Self.words).subtracting(glossary).isEmpty)
    #expect(Set(glossary).count == glossary.count)
  }

  @Test func `no page has a private word`() throws {
    for page in projectPages {
      let text = try projectText(page).lowercased()
      let found = text.firstMatch(of: /\b(errands?|knocks?|passages?|tellers?|left in peace)\b/)
      #expect(found == nil, "\(page): \(found.map { String($0.1) } ?? "")")
    }
  }
}
