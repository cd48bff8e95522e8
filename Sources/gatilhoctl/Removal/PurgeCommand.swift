import ArgumentParser
import Configuration
import Glibc
import Handler
import Operations

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
    help: .init(
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
    let removal = Removal<Purge.Findings>(
      verb: "removed", question: "Remove this for good.", find: purge.find, remove: purge.remove)
    try await removal.run(dryRun: dryRun, isAnswered: yes) { found in
      print(found.report.summary)
      if let warning = found.report.warning { StandardError.print(warning) }
    }
  }

  private func age(_ configuration: Configuration) throws -> Duration {
    if let age = olderThan ?? configuration.retention { return age }
    throw ExitCode(
      EX_CONFIG,
      "\(options.config): no \"retention\": set it, such as \"365d\", or give --older-than")
  }
}

private func duration(_ text: String) throws -> Duration {
  guard let duration = Duration(text) else {
    throw ValidationError("expected a time such as 365d or 72h")
  }
  guard duration >= Configuration.minimalRetention else {
    throw ValidationError(Configuration.minimalRetentionReason)
  }
  return duration
}

extension Purge.Findings: ShownFindings {}

extension RemovalReport {
  /// What a person should look at before it is gone.
  fileprivate var warning: String? {
    guard undelivered > 0 else { return nil }
    return "WARNING: the messages of \(undelivered) of these events were not delivered, or may not"
      + " have been: gatilhoctl retry --help says how to take them up before they go"
  }
}
