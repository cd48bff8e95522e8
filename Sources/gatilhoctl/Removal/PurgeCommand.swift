import ArgumentParser
import Configuration
import Glibc
import Gupy
import Handler
import Journal
import Operations

/// What is older than its time, for good.
struct PurgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge",
    abstract: "Removes applications to which nothing has happened for the retention.",
    discussion: """
      An application goes as a whole, when its newest line is older than the configuration's \
      "retention"; quarantined bodies and days of the index go with their own age. Workers may be \
      running. Let a timer run it every day. Each run adds a line to <state>/audit.jsonl.

      Example: gatilhoctl purge --older-than 365d --dry-run

      Exits 0 when it is done, 1 when you say no, 64 when it cannot ask and has no --yes, 75 when the \
      next run has to go on (stopped, an application was busy, or the disk failed), 78 without a \
      retention.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(
    help: ArgumentHelp(
      "How long ago the last thing happened to what goes: 365d, 72h.",
      discussion: "At least 48h. Without it: the configuration's \"retention\".",
      valueName: "time"),
    transform: duration)
  var olderThan: Duration?

  @Flag(help: "Say what would go, and remove nothing.")
  var dryRun = false

  @Flag(help: "Do not ask before it is removed.")
  var yes = false

  func run() async throws {
    let site = try dryRun ? options.site() : options.workersSite()
    let purge = Purge(site.journal, olderThan: try age(site.configuration), now: .now)
    let found = try ShownRun.find { progress throws(JournalError) in
      try purge.find(progress: progress)
    }
    print(found.report.summary)
    if let warning = found.report.warning { StandardError.print(warning) }
    guard !dryRun else {
      print("nothing was removed")
      return try DiskFailure.exits(after: found.unreadable)
    }
    DiskFailure.tell(found.unreadable)
    try Question.ask("Remove this for good.", isAnswered: yes || found.report.isEmpty)
    try await ShownRun.remove("removed") { run throws(JournalError) in
      try purge.remove(found, run)
    }
  }

  private func age(_ configuration: Configuration) throws -> Duration {
    if let age = olderThan ?? configuration.retention { return age }
    StandardError.print(
      "\(options.config): no \"retention\": set it, such as \"365d\", or give --older-than")
    throw ExitCode(EX_CONFIG)
  }
}

/// Reads `--older-than`.
private func duration(_ text: String) throws -> Duration {
  guard let duration = Duration(text) else {
    throw ValidationError("expected a time such as 365d or 72h")
  }
  guard duration >= Configuration.minimalRetention else {
    throw ValidationError(Configuration.minimalRetentionReason)
  }
  return duration
}

extension RemovalReport: ShownReport {
  /// `applications: 2, events: 5, quarantined bodies: 0`; of a purge the days of the index too.
  var summary: String {
    "applications: \(applications.count), events: \(events), quarantined bodies: \(quarantined)"
      + (isPurge ? ", days of the index: \(days)" : "")
  }

  /// What a person should look at before it is gone.
  fileprivate var warning: String? {
    guard undelivered > 0 else { return nil }
    return "WARNING: the messages of \(undelivered) of these events were not delivered, or may not"
      + " have been: gatilhoctl retry --help says how to take them up before they go"
  }
}
