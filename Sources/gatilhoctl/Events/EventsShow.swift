import ArgumentParser
import Glibc
import Gupy
import Handler
import JSON
import Journal

/// One application's whole story.
struct EventsShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Tells what happened to an application, in plain words.",
    discussion: """
      Exits 66 when nothing is known of it, 75 when the state folder cannot be read.

      Example: gatilhoctl events show 612000101
      """)

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "An application's number, or an event's id.")
  var what: String

  @Flag(help: "The lines of the application's file instead of words.")
  var json = false

  @Flag(help: "Show personal data in full.")
  var reveal = false

  func run() throws {
    try DiskFailure.exits { try show() }
  }

  private func show() throws {
    let journal = try options.site().journal
    let application = try application(in: journal)
    let lines = try journal.lines(of: application)
    guard !lines.isEmpty else { throw unknown("nothing is kept of application \(application)") }
    let shown = reveal ? lines : lines.map { $0?.masked }
    if json {
      for line in shown.compactMap(\.self) {
        print(String(decoding: encodedJSON(line), as: UTF8.self))
      }
    } else {
      StoryReport(application, shown, try journal.history(of: application)).print()
    }
    let unreadable = lines.count { $0 == nil }
    if unreadable > 0 {
      StandardError.print(
        "\(journal.path(of: application)): \(unreadable) lines cannot be read; unfinished events of"
          + " the file count as unconfirmed")
    }
  }

  private func application(in journal: Journal<WebhookEvent.Details>) throws -> Int64 {
    if let id = ApplicationID(what), try !journal.lines(of: id.number).isEmpty { return id.number }
    guard let application = try EventSearch(journal).application(of: what) else {
      throw unknown(
        "neither an application nor an event in the day index: \(what.harmless) (after a power loss"
          + " make the index anew: gatilhoctl reindex)")
    }
    return application
  }

  private func unknown(_ words: String) -> ExitCode {
    StandardError.print(words)
    return ExitCode(EX_NOINPUT)
  }
}
