import ArgumentParser
import Configuration
import FoundationEssentials
import Glibc
import Gupy
import Handler
import Journal
import Lookup
import Operations

struct RetryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Handles events again whose message Gupy's repeats did not deliver.",
    discussion: """
      Goes through the very same steps and rules as a webhook, beside running workers, and never \
      touches an event that is done. Without options: what is certainly not sent. Let a timer run \
      it every quarter of an hour.

      Exits 0 when nothing is left to do, 75 when the next run has to go on: the provider failed \
      three times in a row, an application was busy, the disk failed, or the run was stopped.

      Example: gatilhoctl retry --status rejected --since 2h --dry-run
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(
    help: .init(
      "What to take up.",
      discussion: """
        Can be repeated. Handling an unconfirmed event may send its message twice; a superseded one \
        is sent only where no newer move is known any more.
        """))
  var status = [ObstacleStatus(standing: .unavailable)]

  @Option(
    help: .init(
      "Events that arrived since: 2h, 30d, 2026-03-04, or a timestamp.", valueName: "time"))
  var since = Since.default

  @Option(help: .init("Events of this application only.", valueName: "number"))
  var application: ApplicationID?

  @Option(help: .init("Events a second, at the most.", valueName: "number"))
  var rate = 5.0

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  @Flag(help: "Close the events as accepted without sending: a person has settled them.")
  var markAccepted = false

  @Flag(help: "Do not ask before what cannot be undone.")
  var yes = false

  func validate() throws {
    guard 0.001...1_000 ~= rate else { throw ValidationError("--rate must be 0.001 to 1000") }
    guard !markAccepted || !status.map(\.standing).contains(.quarantine) else {
      throw ValidationError("--mark-accepted is for events: a quarantined body is none")
    }
  }

  func run() async throws {
    let site = try dryRun ? options.site() : options.workersSite()
    let unreadable = Complaints()
    let candidates = try KnownFailure.exits {
      try Retry(site).find(
        Set(status.map(\.standing)), since: since.timestamp, application: application,
        complain: StandardError.print, unreadable: unreadable.complaint)
    }
    KnownFailure.tell(unreadable.all)
    if dryRun {
      try KnownFailure.exits { try preview(candidates, Retry(site)) }
    } else {
      try await work(candidates, on: site)
    }
    guard unreadable.all.isEmpty else { throw ExitCode(EX_TEMPFAIL) }
  }

  private func work(_ candidates: [Retry.Candidate], on site: Site) async throws {
    try confirm(candidates)
    NginxChecks(environment: ProcessInfo.processInfo.environment).note(in: site.journal.notes)
    let work = RetryWork(site: site, pause: .seconds(1 / rate), closes: markAccepted)
    // Ctrl-C and SIGTERM: the event in hand is finished first.
    let left = try await Interruption.cancels { try await work.run(candidates) }
    guard left == 0 else { throw ExitCode(EX_TEMPFAIL) }
  }

  private func preview(_ candidates: [Retry.Candidate], _ retry: Retry) throws {
    for candidate in candidates {
      print(candidate.row, markAccepted ? "accepted" : try retry.preview(candidate))
    }
    print("found: \(candidates.count); nothing was done")
  }

  private func confirm(_ candidates: [Retry.Candidate]) throws {
    let risky = candidates.count { $0.status == .unconfirmed }
    if markAccepted, !candidates.isEmpty {
      try Question.ask("Close without sending: \(candidates.count).", isAnswered: yes)
    } else if risky > 0 {
      try Question.ask("Send what may have been sent before: \(risky).", isAnswered: yes)
    }
  }
}
