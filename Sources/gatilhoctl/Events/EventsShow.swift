import ArgumentParser
import Glibc
import Gupy
import Handler
import JSON
import Journal
import Lookup

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
    guard let story = try ApplicationStory(named: what, in: journal) else {
      StandardError.print(
        "nothing is known of \(what.harmless): neither an application nor an event in the day index"
          + " (after a power loss make the index anew: gatilhoctl reindex)")
      throw ExitCode(EX_NOINPUT)
    }
    print(reveal ? story : story.masked)
    if !json, story.events.contains(where: \.entry.isPaused), let words = journal.sendingWords {
      Swift.print("\n\(words)")
    }
    if story.unreadable > 0 {
      StandardError.print(
        "\(journal.path(of: story.application)): \(story.unreadable) lines cannot be read;"
          + " unfinished events of the file count as unconfirmed")
    }
  }

  private func print(_ story: ApplicationStory) {
    guard json else { return StoryReport(story).print() }
    for line in story.lines { Swift.print(String(decoding: line.json, as: UTF8.self)) }
  }
}

extension Entry {
  /// Whether sending was paused when it came last.
  fileprivate var isPaused: Bool { outcome?.reason == "paused" }
}
