import Gupy
import Handler
import JSON
import Journal
import Lookup

/// An event as a list shows it, and as a line of JSON.
struct EventRow {
  /// When the last line of the event was written.
  let at: String
  let application: String
  let eventId: String
  let type: String?
  let status: String
  let reason: String?
  let candidate: String?
  let job: String?
  let step: String?
  /// What a person has to do about it, if anything.
  let need: RetryStatus?

  /// - Parameter isMasked: whether the candidate's name, and what the provider said, are.
  init(_ found: EventSearch.Found, isMasked: Bool) {
    let entry = found.entry
    let details = isMasked ? entry.event?.masked : entry.event
    let outcome = isMasked ? entry.outcome?.masked : entry.outcome
    at = entry.lastAt
    application = String(found.application)
    eventId = entry.eventId
    type = details?.type.rawValue
    status = EventStatus(entry).rawValue
    reason = entry.shownOutcome == entry.outcome ? outcome?.shortReason : entry.shownOutcome?.reason
    candidate = details?[.candidateFullName]
    job = details?[.jobName]
    step = details?[.currentStepName]
    need = entry.need
  }

  /// Whether sending was paused when it came last.
  var isPaused: Bool { reason == "paused" }

  /// The columns of the table.
  var cells: [String] {
    [
      Timestamp(at)?.local ?? at, application,
      type.map { $0.replacing("application.", with: "") } ?? "unreadable",
      reason.map { "\(status): \($0)" } ?? status, candidate ?? "–", job ?? "–", step ?? "–",
    ]
  }
}

extension EventRow: JSONWritable {
  func write(to json: inout JSONWriter) {
    json.object {
      $0.member("application", application)
      $0.member("at", at)
      $0.member("candidate", candidate)
      $0.member("eventId", eventId)
      $0.member("job", job)
      $0.member("reason", reason)
      $0.member("status", status)
      $0.member("step", step)
      $0.member("type", type)
    }
  }
}
