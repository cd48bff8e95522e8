import ArgumentParser
import Glibc
import Gupy
import Handler
import JSON
import Journal
import Lookup

struct Events: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists events, and tells what happened to one candidate's message.",
    discussion: """
      Personal data is masked unless you say --reveal.

      Example: gatilhoctl events list --since 2h --status rejected
      """,
    subcommands: [EventsList.self, EventsShow.self, EventsDismiss.self],
    defaultSubcommand: EventsList.self)
}

struct EventsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists events, the latest first.",
    discussion: """
      With --needs-person only what no timer can settle: what may have been sent, what the provider \
      refused, what could not be made a message, what no rule is for, and bodies that were no event. \
      It prints nothing and exits 0 when there is none, else 1: let cron run it, and you get a mail.

      Exits 75 when the state folder cannot be read.

      Example: gatilhoctl events list --needs-person
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(help: .init("Only what stands so.", discussion: "Can be repeated."))
  var status: [ListedStatus] = []

  @Option(
    help: .init(
      "Of which something was written since: 2h, 30d, 2026-03-04, or a timestamp.",
      valueName: "time"))
  var since = Since.default

  @Option(help: .init("Only of this job: its number, or name.", valueName: "*text*"))
  var job: String?

  @Option(help: .init("Only with this current step.", valueName: "*text*"))
  var step: String?

  @Option(help: .init("How many at the most.", valueName: "number"))
  var limit = 20

  @Flag(help: "Only what a person has to decide or to mend; exits 1 if there is any.")
  var needsPerson = false

  @Flag(help: "One JSON object a line instead of a table.")
  var json = false

  @Flag(help: "Show personal data in full.")
  var reveal = false

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit must be 1 or more") }
  }

  func run() throws {
    let unreadable = Complaints()
    let isAny = try KnownFailure.exits { try list(unreadable.complaint) }
    try KnownFailure.exits(after: unreadable.all)
    if needsPerson, isAny { throw ExitCode.failure }
  }

  private func list(_ complain: Complaint) throws -> Bool {
    let journal = try options.site().journal
    if try journal.lacksIndex() {
      StandardError.print("no day index: make it by gatilhoctl reindex")
    }
    let found = try EventSearch(journal).find(selection, complain: complain)
    let rows = found.map { EventRow($0, isMasked: !reveal) }
    let quarantined = needsPerson ? quarantined(in: journal, complain) : []
    if json {
      for row in rows { print(String(decoding: row.json, as: UTF8.self)) }
    } else {
      printTable(rows, quarantined)
      if needsPerson { printAdvice(found, quarantined) }
      if rows.contains(where: { $0["reason"] == "paused" }), let words = journal.sendingWords {
        print(words)
      }
    }
    return !rows.isEmpty || !quarantined.isEmpty
  }

  private var selection: EventSearch.Selection {
    var selection = EventSearch.Selection(since: since.timestamp, limit: limit)
    selection.statuses = Set(status.map(\.standing))
    selection.needsPerson = needsPerson
    selection.job = job
    selection.step = step
    return selection
  }

  private func quarantined(in journal: Journal, _ complain: Complaint) -> [String] {
    complain.about([]) { () throws(JournalError) in try journal.quarantine.kept() }
      .filter { $0.milliseconds >= since.timestamp.milliseconds }.map(\.path)
  }

  private func printTable(_ rows: [EventRow], _ quarantined: [String]) {
    if !rows.isEmpty {
      Table(heading: ["when", "application", "event", "status", "candidate", "job", "step"])
        .print(rows.map(\.cells))
    } else if !needsPerson {
      print("no event of this kind since \(since.timestamp.local)")
    }
    for path in quarantined { print("no event: \(path)") }
    if rows.count == limit { print("… the latest \(limit); --limit \(limit * 5) shows more") }
  }

  private func printAdvice(_ found: [EventSearch.Found], _ quarantined: [String]) {
    let needs = found.compactMap(\.entry.need) + (quarantined.isEmpty ? [] : [.quarantine])
    for line in Standing.needingPerson.filter(needs.contains).compactMap({ $0.adviceLine() }) {
      print(line)
    }
  }
}

/// An event as a list shows it, and as a line of JSON.
private struct EventRow: JSONWritable {
  private let fields: [String: String]

  /// - Parameter isMasked: whether the candidate's name, and what the provider said, are.
  init(_ found: EventSearch.Found, isMasked: Bool) {
    let entry = found.entry
    let details = isMasked ? entry.event?.masked : entry.event
    let outcome = isMasked ? entry.outcome?.masked : entry.outcome
    let isShown = entry.shownOutcome == entry.outcome
    let all = [
      // When the last line of the event was written.
      "at": entry.last?.description ?? "",
      "application": String(found.application), "eventId": entry.eventId,
      "type": details?.type.rawValue, "status": entry.listed.rawValue,
      "reason": isShown ? outcome?.shortReason : entry.shownOutcome?.reason,
      "candidate": details?[.candidateFullName], "job": details?[.jobName],
      "step": details?[.currentStepName],
    ]
    fields = all.compactMapValues(\.self)
  }

  subscript(_ name: String) -> String? { fields[name] }

  var cells: [String] {
    let (at, status) = (self["at"] ?? "", self["status"] ?? "")
    let type = self["type"].map { $0.replacing("application.", with: "") }
    return [
      Timestamp(at)?.local ?? at, self["application"] ?? "", type ?? "unreadable",
      self["reason"].map { "\(status): \($0)" } ?? status,
    ] + ["candidate", "job", "step"].map { self[$0] ?? "–" }
  }

  func write(to json: inout JSONWriter) {
    json.object { json in
      for (name, value) in fields.sorted(by: { $0.key < $1.key }) { json.member(name, value) }
    }
  }
}

extension Standing {
  /// What a person does about such events: why, and each command with what it does; nil for nothing.
  ///
  /// - Parameter application: the only application that the commands are for; nil for all.
  func adviceLine(application: Int64? = nil) -> String? {
    remedy(application: application).map { remedy in
      let commands = remedy.commands.map { "\($0.command) (\($0.effect[.english]))" }
      return "\(rawValue): \(remedy.advice[.english]) \(commands.joined(separator: "; "))"
    }
  }
}

extension Journal {
  /// Why messages are not sent now, since when, for how long, and who tries; nil while they are.
  var sendingWords: String? {
    let now = Timestamp.now.milliseconds
    guard let trouble = breaker.trouble(now: now), !trouble.isClosed else { return nil }
    let words = Words.sending(trouble) { "\(($0 + 999) / 1_000) s" }[.english]
    let since = Timestamp(milliseconds: trouble.since).local
    return "\(words): \(trouble.latest.cause), since \(since)".harmless
  }
}
