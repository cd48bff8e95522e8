import Gupy
import Journal
import Lookup

extension Retry {
  /// The events that arrived since a moment and in whose way one of these stands: those first whose last
  /// attempt is longest ago, so that some that fail each time do not stand in the way of the others.
  ///
  /// The day index says which applications to look at, unless one is named; what counts is what
  /// stands in their files.
  ///
  /// - Parameters:
  ///   - application: only this one's.
  ///   - complain: told what an operator should know of what was found.
  ///   - unreadable: told what could not be read: it is passed over.
  package func find(
    _ statuses: Set<Standing> = [.unavailable], since: Timestamp,
    application: ApplicationID? = nil, complain: (String) -> Void, unreadable: Complaint
  ) throws(JournalError) -> [Candidate] {
    if try site.journal.lacksIndex() { complain("no day index: make it by gatilhoctl reindex") }
    var found: [Candidate] = []
    let applications =
      if let application { [application.number] } else { try listed(statuses, since, unreadable) }
    for application in applications {
      let entries = unreadable.about([]) { () throws(JournalError) in
        try site.journal.history(of: application).entries
      }
      for entry in entries where entry.arrival.map({ $0 >= since }) != false {
        guard let status = entry.obstacle, statuses.contains(status) else { continue }
        guard let details = entry.event else {
          complain("\(site.journal.path(of: application)): an event cannot be read")
          continue
        }
        found.append(
          Candidate(
            event: WebhookEvent(id: entry.eventId, details: details), status: status,
            firstAt: entry.arrival?.description ?? "", file: nil))
      }
    }
    guard statuses.contains(.quarantine) else { return found }
    return found + quarantined(since, application, complain, unreadable)
  }

  /// Those of events whose last line in the index leaves something to do.
  private func listed(
    _ statuses: Set<Standing>, _ since: Timestamp, _ complain: Complaint
  ) throws(JournalError) -> [Int64] {
    var latest = try site.journal.days.latest(since: since.day, complain: complain)
    var found: [Int64] = []
    while let line = latest.next() {
      if line.obstacles.contains(where: statuses.contains) { found.append(line.application) }
    }
    var seen: Set<Int64> = []
    return found.reversed().filter { seen.insert($0).inserted }
  }

  private func quarantined(
    _ since: Timestamp, _ application: ApplicationID?, _ complain: (String) -> Void,
    _ unreadable: Complaint
  ) -> [Candidate] {
    let kept = unreadable.about([]) { () throws(JournalError) in
      try site.journal.quarantine.kept()
    }
    var found: [Candidate] = []
    for (file, milliseconds) in kept {
      let keptAt = Timestamp(milliseconds: milliseconds)
      guard keptAt >= since else { continue }
      let body = unreadable.about(nil) { () throws(JournalError) in
        try site.journal.quarantine.body(of: file)
      }
      guard let body else { continue }
      do throws(PayloadError) {
        guard case .event(let event) = try WebhookPayload(json: body).validated(),
          event.details.application == application ?? event.details.application
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
