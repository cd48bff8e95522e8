import ArgumentParser
import Glibc
import Operations

struct EventsDismiss: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dismiss",
    abstract: "Removes quarantined bodies, which were no events, once somebody has looked at them.",
    discussion: """
      Names are those that gatilhoctl events list --needs-person shows, with or without the folder. \
      Adds a line to <state>/audit.jsonl.

      Exits 0 when they are gone, 1 when you say no, 64 when it cannot ask and has no --yes, 66 for a \
      name that is not there, 75 when the disk failed.

      Example: gatilhoctl events dismiss 85944171f73967e8.json
      """)

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "The bodies' names.")
  var names: [String] = []

  @Flag(help: "All that are there.")
  var all = false

  @Flag(help: "Do not ask before they are removed.")
  var yes = false

  func validate() throws {
    guard names.isEmpty == all else { throw ValidationError("give names, or --all") }
  }

  func run() throws {
    let journal = try options.site().journal
    let files = try KnownFailure.exits { try chosen(of: journal.quarantine.kept().map(\.path)) }
    guard !files.isEmpty else { return print("nothing found") }
    for file in files { print(file) }
    try Question.ask("Remove for good: \(files.count).", isAnswered: yes)
    try KnownFailure.exits { try journal.dismiss(files, now: .now) }
    print("removed: \(files.count)")
  }

  private func chosen(of kept: [String]) throws -> [String] {
    guard !all else { return kept }
    return try names.map { name in
      guard let path = kept.first(where: { $0 == name || $0.hasSuffix("/\(name)") }) else {
        throw ExitCode(EX_NOINPUT, "no quarantined body \(name.harmless)")
      }
      return path
    }
  }
}
