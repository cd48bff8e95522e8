import Gupy
import Journal
import Lookup

/// Takes what names a candidate out of the state folder, as the LGPD wants it when a person asks.
///
/// Of each event stays what tells it from a new one and orders it among the others: id, type, date,
/// step, and what became of it. So Gupy's repeat of it is a duplicate, and sends nothing. An
/// application is erased as a whole, under its lock, beside running workers.
package struct Erasure: Sendable {
  private let journal: Journal
  /// Who is looked for by what tells them.
  private let person: Person?
  /// The application that is looked for, whether anything is kept of it or not.
  private let application: Int64?
  /// How they are named, for the audit.
  private let kind: String
  private let now: Timestamp

  /// How long it takes until a busy application is left for another run.
  private static let lockWait = Duration.seconds(30)

  /// Whose data.
  package enum Target: Sendable {
    case application(ApplicationID)
    /// Every application of which an event names the person.
    case person(Person)
  }

  /// - Parameter now: this moment.
  package init(_ journal: Journal, of target: Target, now: Timestamp) {
    self.journal = journal
    self.now = now
    switch target {
    case .application(let id): (person, application, kind) = (nil, id.number, "application")
    case .person(.cpf(let cpf)): (person, application, kind) = (.cpf(cpf), nil, "cpf")
    case .person(.email(let email)): (person, application, kind) = (.email(email), nil, "email")
    }
  }

  /// What holds the data.
  package struct Findings: Sendable {
    /// How much of everything.
    package fileprivate(set) var report: RemovalReport
    /// Whose applications they are, with no more of the candidate than somebody needs who knows them.
    package fileprivate(set) var people: [Applicant] = []
    /// What tells the person, and the candidates of these applications, from everybody else.
    fileprivate var traces: Traces
    fileprivate var quarantined: [String] = []
    /// What cannot be read: nobody knows whether it names the person.
    package fileprivate(set) var unreadable: [JournalError] = []
  }

  /// An application that is meant.
  package struct Applicant: Sendable {
    package let application: Int64
    /// Masked; nil where it is not known.
    package let candidate: String?
    package let job: String?
    package let events: Int
  }

  /// Looks for what would be erased, and changes nothing; what cannot be read is passed over, and told.
  ///
  /// - Parameter progress: told how many of the folders are done.
  package func find(
    progress: (_ done: Int, _ of: Int) -> Void
  ) throws(JournalError) -> Findings {
    var found = Findings(
      report: RemovalReport(.erase(by: kind), at: now), traces: Traces(of: person))
    let complaints = Complaints()
    let complain = complaints.complaint
    if let application, try journal.changedAt(application) != nil {
      found.add(application, try journal.history(of: application))
    }
    if let person {
      try journal.forEachHistory(progress, complain: complain) { application, history in
        complain.about(()) { () throws(JournalError) in
          try look(for: person, in: application, history, &found)
        }
      }
    }
    found.quarantined = quarantined(found, complain)
    found.report.quarantined = found.quarantined.count
    found.unreadable = complaints.all
    return found
  }

  /// What an earlier run began is finished, whoever's it was: a power loss may have left too little of
  /// an application to find it by, and who was killed may not have synced what is erased.
  private func look(
    for person: Person, in application: Int64, _ history: History, _ found: inout Findings
  ) throws(JournalError) {
    if history.names(person) || history.isHalfErased {
      found.add(application, history)
    } else if history.entries.contains(where: \.isErased) {
      try journal.sync(application)
    }
  }

  /// The quarantined bodies that name the person by anything that the applications know, or are about
  /// one of these.
  private func quarantined(_ found: Findings, _ complain: Complaint) -> [String] {
    let applications = Set(found.report.applications + [application].compactMap(\.self))
    let kept = complain.about([]) { () throws(JournalError) in try journal.quarantine.everything() }
    var files: [String] = []
    for (file, _) in kept {
      let body = complain.about([]) { () throws(JournalError) in
        try journal.quarantine.body(of: file)
      }
      if found.traces.stand(in: body) || !applications.isDisjoint(with: body.applications) {
        files.append(file)
      }
    }
    return files
  }

  /// Erases what was found, and returns when that and the audit's line are on disk.
  ///
  /// - Returns: what is erased, and what is left.
  package func erase(
    _ found: Findings, _ run: RemovalRun
  ) throws(JournalError) -> RemovalReport {
    var report = RemovalReport(.erase(by: kind), at: now)
    report.left = run.each(found.report.applications) { application throws(JournalError) in
      guard var story = try journal.openExisting(application, wait: Self.lockWait) else { return }
      try story.erase()
      report.add(application, story.history)
      try index(story.history, application)
    }
    report.left += found.unreadable.count
    try journal.quarantine.remove(found.quarantined)
    report.quarantined = found.quarantined.count
    try Audit(state: journal.state).append(report)
    return report
  }
}

extension Erasure {
  /// Tells lists and figures that nothing is left to do of what was not done.
  private func index(_ history: History, _ application: Int64) throws(JournalError) {
    for entry in history.entries where entry.left != nil {
      try journal.days.append(
        DayLine(
          at: now, eventId: entry.eventId, application: application,
          type: entry.event?.type.rawValue ?? "unreadable", outcome: .ignored(.erased),
          isAgain: true))
    }
  }
}

extension Erasure.Findings {
  fileprivate mutating func add(_ application: Int64, _ history: History) {
    for details in history.entries.compactMap(\.event) { traces.add(details) }
    report.add(application, history)
    let latest = history.entries.compactMap(\.event).max { $0.date < $1.date }
    people.append(
      Erasure.Applicant(
        application: application, candidate: latest?.masked[.candidateFullName],
        job: latest?[.jobName], events: history.entries.count { !$0.isErased }))
  }
}

extension [UInt8] {
  /// The applications that a body names, whatever else is wrong with it.
  fileprivate var applications: [Int64] {
    do throws(PayloadError) {
      return try WebhookPayload(json: self).applications.map(\.number)
    } catch {
      return []
    }
  }
}

extension History {
  /// Whether an event is the person's, or what cannot be read names the person.
  fileprivate func names(_ person: Person) -> Bool {
    entries.contains { $0.event.map(person.isCandidate) == true }
      || unreadableTexts.contains(where: person.isNamed)
  }
}
