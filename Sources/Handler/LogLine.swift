import FoundationEssentials
import Gupy
import Journal

/// One line a request, JSON, for standard error: ids, status and times. No name, CPF, e-mail, phone,
/// secret or body, at any level.
package struct LogLine: Encodable, Sendable {
  package var at = ""
  package var level = Level.info
  package var status: Int?
  package var outcome: String?
  package var eventId: String?
  package var type: String?
  package var application: String?
  package var reason: String?
  /// The provider's HTTP status.
  package var providerStatus: Int?
  /// What an operator has to mend, in words.
  package var error: String?
  package var milliseconds = Times()

  package enum Level: String, Encodable, Sendable {
    case info, warning, error
  }

  /// Where the time went: the whole request, the journal's locks and syncs, the provider.
  /// Encoded as milliseconds.
  package struct Times: Encodable, Sendable {
    package var total = Duration.zero
    package var journal = Duration.zero
    package var provider = Duration.zero

    package func encode(to encoder: any Encoder) throws {
      let milliseconds = [
        "total": total.milliseconds, "journal": journal.milliseconds,
        "provider": provider.milliseconds,
      ]
      try milliseconds.encode(to: encoder)
    }
  }

  package init() {}

  /// Writes the line to standard error.
  package static func print(_ line: LogLine) {
    StandardError.print(String(decoding: encodedJSON(line), as: UTF8.self))
  }
}

extension LogLine {
  mutating func add(_ event: WebhookEvent) {
    eventId = event.id
    type = event.details.type.rawValue
    application = event.details.application.id.description
  }

  /// What an operator has to know of an answer, and how loudly.
  mutating func add(_ answer: Answer) {
    outcome = answer.name
    switch answer {
    case .settled(_, let outcome, let isDuplicate):
      add(outcome, level: isDuplicate ? .info : .warning)
    case .again(_, let outcome, _):
      add(outcome, level: .warning)
    case .notSubscribed(let id, let type):
      (eventId, self.type) = (id, type)
    case .quarantined(let path, let expected):
      (level, error) = (.warning, "\(path): expected \(expected)")
    case .refused(let refusal):
      (level, error) = (refusal.isOurFault ? .error : .warning, refusal.cause)
    }
  }

  private mutating func add(_ outcome: Outcome, level: Level) {
    switch outcome.status {
    case .accepted, .ignored: break
    case .undeliverable, .rejected, .unavailable, .unconfirmed: self.level = level
    }
    providerStatus = outcome.httpStatus
    // What a provider's answer says in words may quote the message.
    if outcome.httpStatus == nil { reason = outcome.reason }
    if outcome.isMisconfigured {
      self.level = .error
      error =
        "the provider refuses this account, key or address: run gatilhoctl check, mend provider.settings"
    }
  }
}

extension LogLine.Times {
  /// The W3C's `Server-Timing`: `journal;dur=1.2, provider;dur=83.4` in milliseconds.
  var serverTiming: String {
    "journal;dur=\(journal.milliseconds), provider;dur=\(provider.milliseconds)"
  }
}

extension Duration {
  /// To a tenth.
  fileprivate var milliseconds: Double {
    let (seconds, attoseconds) = components
    return (Double(seconds) * 10_000 + Double(attoseconds) / 1e14).rounded() / 10
  }
}
