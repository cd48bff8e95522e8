import FastCGI
import Gupy
import JSON
import Journal
import Messaging

/// One line a request, JSON, for standard error: ids, status and times. No name, CPF, e-mail, phone,
/// secret or body, at any level.
package struct LogLine: Sendable {
  var at = ""
  var level = Level.info
  var status: Int?
  var outcome: String?
  var eventId: String?
  var type: String?
  var application: String?
  var reason: String?
  /// The provider's HTTP status.
  var providerStatus: Int?
  /// What an operator has to mend, in words.
  package var error: String?
  var milliseconds = Times()

  /// How much a person should care.
  enum Level: String, Sendable {
    case info, warning, error
  }

  /// Where the time went: the whole request, the journal's locks and syncs, the provider.
  struct Times: Sendable {
    var total = Duration.zero
    var journal = Duration.zero
    var provider = Duration.zero
  }

  /// A line that says nothing yet.
  package init() {}

  /// Writes the line to standard error.
  package func print() {
    StandardError.print(json)
  }
}

extension LogLine {
  /// Whose event the request was about.
  mutating func add(_ event: WebhookEvent) {
    eventId = event.id
    type = event.details.type.rawValue
    application = event.details.application.description
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
      (eventId, self.type) = (id, String(type.prefix(100)))
    case .quarantined(let path, let expected):
      (level, error) = (.warning, "\(path): expected \(expected)")
    case .refused(let refusal):
      (level, error) = (refusal.isOurFault ? .error : .warning, refusal.cause)
    }
  }

  private mutating func add(_ outcome: Outcome, level: Level) {
    switch outcome.status {
    case .accepted, .ignored: break
    case .undeliverable, .rejected, .unavailable, .unconfirmed: raise(to: level)
    }
    providerStatus = outcome.httpStatus
    // What a provider's answer says in words may quote the message.
    if outcome.httpStatus == nil { reason = outcome.reason }
  }

  private mutating func raise(to level: Level) {
    if self.level == .info { self.level = level }
  }

  /// What an operator should know, or has to mend: of several the last, an error before a warning.
  mutating func complain(_ words: String, as level: Level = .error) {
    guard level == .error || error == nil else { return raise(to: level) }
    (self.level, error) = (level, words)
  }
}

extension LogLine: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("application", application)
      $0.member("at", at)
      $0.member("error", error)
      $0.member("eventId", eventId)
      $0.member("level", level.rawValue)
      $0.member("milliseconds", milliseconds)
      $0.member("outcome", outcome)
      $0.member("providerStatus", providerStatus)
      $0.member("reason", reason)
      $0.member("status", status)
      $0.member("type", type)
    }
  }
}

extension LogLine.Times: JSONWritable {
  /// In milliseconds.
  func write(to json: inout JSONWriter) {
    json.object {
      $0.member("journal", journal.milliseconds)
      $0.member("provider", provider.milliseconds)
      $0.member("total", total.milliseconds)
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

extension LogLine {
  /// A look that found something to mend.
  package init(unhealthy error: String) {
    self.init()
    at = Timestamp.now.description
    (level, status, outcome) = (.error, Status.serviceUnavailable.code, "unhealthy")
    self.error = error
  }
}
