import Glibc
import Gupy
import Journal
import Lookup

extension Retry {
  /// Which events are meant.
  package struct Selection: Sendable {
    /// What stands in their way.
    package var statuses: Set<RetryStatus> = [.unavailable]
    /// They arrived at this moment or later.
    package var since: Timestamp
    /// Events of this application only.
    package var application: ApplicationID?

    /// Events that are unavailable.
    package init(since: Timestamp) {
      self.since = since
    }
  }

  /// The events of a selection: those first whose last attempt is longest ago, so that some that fail
  /// each time do not stand in the way of the others.
  ///
  /// The day index says which applications to look at, unless one is named; what counts is what
  /// stands in their files.
  ///
  /// - Parameters:
  ///   - complain: told what an operator should know of what was found.
  ///   - unreadable: told what could not be read: it is passed over.
  package func find(
    _ selection: Selection, complain: (String) -> Void, unreadable: Complaint
  ) throws(JournalError) -> [Candidate] {
    if try site.journal.lacksIndex() { complain("no day index: make it by gatilhoctl reindex") }
    var found: [Candidate] = []
    for application in try applications(selection, unreadable) {
      let entries = unreadable.about([]) { () throws(JournalError) in
        try site.journal.history(of: application).entries
      }
      for entry in entries where selection.means(entry) {
        if let candidate = Candidate(entry) {
          found.append(candidate)
        } else {
          complain("\(site.journal.path(of: application)): an event cannot be read")
        }
      }
    }
    return found + quarantined(selection, complain, unreadable)
  }

  /// The one that is named, or those of events whose last line in the index leaves something to do.
  private func applications(
    _ selection: Selection, _ complain: Complaint
  ) throws(JournalError) -> [Int64] {
    if let application = selection.application { return [application.number] }
    let day = String(selection.since.description.prefix(10))
    var latest = try site.journal.days.latest(since: day, complain: complain)
    var found: [Int64] = []
    while let line = latest.next() {
      guard selection.statuses.contains(where: { $0.mayBe(line) }) else { continue }
      found.append(line.application)
    }
    var seen: Set<Int64> = []
    return found.reversed().filter { seen.insert($0).inserted }
  }

  private func quarantined(
    _ selection: Selection, _ complain: (String) -> Void, _ unreadable: Complaint
  ) -> [Candidate] {
    guard selection.statuses.contains(.quarantine) else { return [] }
    let kept = unreadable.about([]) { () throws(JournalError) in
      try site.journal.quarantine.kept()
    }
    var found: [Candidate] = []
    for (file, milliseconds) in kept {
      let keptAt = Timestamp(milliseconds: milliseconds)
      guard keptAt >= selection.since else { continue }
      let body = unreadable.about(nil) { () throws(JournalError) in
        try site.journal.quarantine.body(of: file)
      }
      guard let body else { continue }
      do throws(PayloadError) {
        guard case .event(let event) = try WebhookPayload(json: body).validated(),
          event.details.application == selection.application ?? event.details.application
        else { continue }
        found.append(
          Candidate(event: event, status: .quarantine, firstAt: keptAt.description, file: file))
      } catch {
        complain("\(file): \(error)")
      }
    }
    return found
  }
}

extension Retry.Selection {
  fileprivate func means(_ entry: Entry) -> Bool {
    RetryStatus(entry).map(statuses.contains) == true && entry.arrival.map { $0 >= since } != false
  }
}

extension Retry.Candidate {
  /// Nil when the event's own line cannot be read.
  fileprivate init?(_ entry: Entry) {
    guard let details = entry.event, let status = RetryStatus(entry) else { return nil }
    self.init(
      event: WebhookEvent(id: entry.eventId, details: details), status: status,
      firstAt: entry.arrival?.description ?? "", file: nil)
  }
}
