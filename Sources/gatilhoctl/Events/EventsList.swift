import ArgumentParser
import Glibc
import Gupy
import Handler
import JSON
import Journal
import Lookup

/// The latest events, a row each.
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

  @Option(help: ArgumentHelp("Only what stands so.", discussion: "Can be repeated."))
  var status: [EventStatus] = []

  @Option(
    help: ArgumentHelp(
      "Of which something was written since: 2h, 30d, 2026-03-04, or a timestamp.",
      valueName: "time"))
  var since = Since.default

  @Option(help: ArgumentHelp("Only of this job: its number, or name.", valueName: "*text*"))
  var job: String?

  @Option(help: ArgumentHelp("Only with this current step.", valueName: "*text*"))
  var step: String?

  @Option(help: ArgumentHelp("How many at the most.", valueName: "number"))
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
    let isDone = try DiskFailure.exits { try list(unreadable.complaint) }
    try DiskFailure.exits(after: unreadable.all)
    if needsPerson, !isDone { throw ExitCode.failure }
  }

  /// Prints what is found; false when there is any.
  private func list(_ complain: Complaint) throws -> Bool {
    let journal = try options.site().journal
    if try journal.lacksIndex() {
      StandardError.print("no day index: make it by gatilhoctl reindex")
    }
    let rows = try EventSearch(journal).find(selection, complain: complain)
      .map { EventRow($0, isMasked: !reveal) }
    let quarantined = needsPerson ? quarantined(in: journal, complain) : []
    if json {
      for row in rows { print(String(decoding: row.json, as: UTF8.self)) }
    } else {
      printTable(rows, quarantined)
      if rows.contains(where: \.isPaused), let words = journal.sendingWords { print(words) }
    }
    return rows.isEmpty && quarantined.isEmpty
  }

  private var selection: EventSearch.Selection {
    var selection = EventSearch.Selection(since: since.timestamp, limit: limit)
    selection.statuses = Set(status)
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
      Table(["when", "application", "event", "status", "candidate", "job", "step"])
        .print(rows.map(\.cells))
    } else if !needsPerson {
      print("no event of this kind since \(since.timestamp.local)")
    }
    for path in quarantined { print("no event: \(path)") }
    if rows.count == limit { print("… the latest \(limit); --limit \(limit * 5) shows more") }
    guard needsPerson else { return }
    let found = Set(rows.compactMap(\.need)).union(quarantined.isEmpty ? [] : [.quarantine])
    for need in RetryStatus.allCases where found.contains(need) { print(need.adviceLine()) }
  }
}

extension EventStatus: ExpressibleByArgument {}

extension RetryStatus {
  /// What a person does about such events: why, and each command with what it does.
  ///
  /// - Parameter application: the only application that the commands are for; nil for all.
  func adviceLine(application: Int64? = nil) -> String {
    let commands = commands(application: application).map { command, effect in
      "\(command) (\(effect[.english]))"
    }
    return "\(rawValue): \(advice[.english]) \(commands.joined(separator: "; "))"
  }
}
