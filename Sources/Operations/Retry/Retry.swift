import Configuration
import Gupy
import HTTPClient
import Handler
import Journal
import Lookup

/// What Gupy's repeats did not deliver, handled once more through the very same steps and rules,
/// beside running workers.
package final class Retry {
  let site: Site
  private let client = HTTPClient()
  private let now: () -> Timestamp
  /// What is looked at, and not changed.
  private var shelf: StoryShelf

  /// - Parameter now: the clock.
  package init(_ site: Site, now: @escaping () -> Timestamp = { .now }) {
    self.site = site
    self.now = now
    shelf = StoryShelf(site.journal)
  }

  /// An event that may be handled once more.
  package struct Candidate: Sendable {
    /// The event as it is kept.
    package let event: WebhookEvent
    /// What stands in its way.
    package let status: Standing
    /// When it arrived, UTC with milliseconds.
    package let firstAt: String
    /// The quarantined body that it was read from.
    let file: String?
  }

  /// What came of a candidate.
  package enum Result: Sendable {
    /// It was handled.
    case outcome(Outcome)
    /// It was handled, and nothing changed.
    case unchanged(Outcome)
    /// Somebody else was faster.
    case settledMeanwhile
    /// Nothing was done; its application is busy, or the disk failed.
    case failed(JournalError)
  }

  /// Handles a candidate under its application's lock, if it still is one.
  ///
  /// - Parameters:
  ///   - closes: whether it is closed as accepted instead, without a message.
  ///   - complain: told what an operator has to mend.
  package func handle(
    _ candidate: Candidate, closes: Bool = false, complain: (String) -> Void
  ) -> Result {
    do throws(JournalError) {
      var handling = try Handling(
        candidate.event, at: site, by: Deadline(age: nil), now: now, log: LogLine(),
        reopenedBy: candidate.status.needsReopening ? "retry" : nil)
      guard try isStill(candidate, handling.known) else { return .settledMeanwhile }
      let answer = try closes ? handling.close() : handling.answer(with: client)
      if let error = handling.line.error { complain(error) }
      if let file = candidate.file { try site.journal.quarantine.remove(file) }
      return Result(answer)
    } catch {
      return .failed(error)
    }
  }

  /// Whether the event is, under its lock, still what it was when it was found. A quarantined body that
  /// is gone was erased, or is kept elsewhere now.
  private func isStill(
    _ candidate: Candidate, _ entry: Entry?
  ) throws(JournalError) -> Bool {
    guard let file = candidate.file else { return entry?.obstacle == candidate.status }
    return try !site.journal.quarantine.body(of: file).isEmpty
  }

  /// What would be done with a candidate now.
  package func preview(_ candidate: Candidate) throws(JournalError) -> String {
    let policy = Policy(configuration: site.configuration, now: now())
    let history = try shelf.history(of: candidate.event.details.application.number)
    return policy.decide(candidate.event, history: history).words
  }
}

extension Retry.Result {
  fileprivate init(_ answer: Answer) {
    switch answer {
    case .settled(_, let outcome, isDuplicate: true): self = .unchanged(outcome)
    case .settled(_, let outcome, isDuplicate: false), .again(_, let outcome, _):
      self = .outcome(outcome)
    case .notSubscribed, .quarantined, .refused: self = .settledMeanwhile
    }
  }

  /// One word: an outcome's status, or what came instead of one.
  package var name: String {
    switch self {
    case .outcome(let outcome): outcome.status.rawValue
    case .unchanged: "unchanged"
    case .settledMeanwhile: "settledMeanwhile"
    case .failed: "failed"
    }
  }

  /// Whether the provider did not serve: `true` and `false` from its answer, nil without one.
  package var isProviderFailure: Bool? {
    guard case .outcome(let outcome) = self else { return nil }
    switch outcome.status {
    case .unavailable, .unconfirmed: return true
    case .accepted, .rejected: return false
    case .ignored, .undeliverable: return nil
    }
  }
}
