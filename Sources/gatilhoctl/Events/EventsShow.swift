import ArgumentParser
import Glibc
import Gupy
import Handler
import JSON
import Journal
import Lookup

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
    try KnownFailure.exits { try show() }
  }

  private func show() throws {
    let journal = try options.site().journal
    guard let story = try ApplicationStory(named: what, in: journal) else {
      throw ExitCode(
        EX_NOINPUT,
        "nothing is known of \(what.harmless): neither an application nor an event in the day index"
          + " (after a power loss make the index anew: gatilhoctl reindex)")
    }
    print(reveal ? story : story.masked)
    if !json, story.events.contains(where: { $0.entry.outcome?.reason == "paused" }),
      let words = journal.sendingWords
    {
      Swift.print("\n\(words)")
    }
    if story.unreadable > 0 {
      StandardError.print(
        "\(journal.path(of: story.application)): \(story.unreadable) lines cannot be read;"
          + " unfinished events of the file count as unconfirmed")
    }
  }

  private func print(_ story: ApplicationStory) {
    if json {
      for line in story.lines { Swift.print(String(decoding: line.json, as: UTF8.self)) }
    } else {
      Swift.print("application \(story.application)")
      for fact in story.latest?.facts ?? [] { Swift.print("  " + fact.harmless) }
      for event in story.events { print(event, of: story.application) }
    }
  }

  /// An event with all that happened to it, and what comes next.
  private func print(_ event: ApplicationStory.Event, of application: Int64) {
    let entry = event.entry
    let day = entry.event.map { $0.date.local + "  " } ?? ""
    let headline = day + Words.headline(entry.event)[.english]
    Swift.print("\n\(headline.harmless), event \(entry.eventId.harmless)")
    for line in event.lines {
      let time = line.at?.local ?? ""
      for (index, words) in line.words.enumerated() {
        Swift.print("  \(index == 0 ? time : "".padded(to: 19))  \(words[.english].harmless)")
      }
    }
    let next =
      entry.listed == .received
      ? Words.inHand[.english]
      : entry.left?.adviceLine(application: application) ?? Words.done[.english]
    Swift.print("  → \(next)")
  }
}

extension WebhookEvent.Details {
  /// Whose application it is, as far as that is known.
  fileprivate var facts: [String] {
    [
      self[.candidateFullName].map { "candidate: \($0)" },
      self[.candidateEmail].map { "e-mail: \($0)" },
      self[.candidateMobileNumber].map { "mobile: \($0)" },
      self[.candidateIdentificationDocument].map { "CPF: \($0)" },
      self[.jobName].map { "job: \($0)\(self[.jobID].map { " (\($0))" } ?? "")" },
    ].compactMap(\.self)
  }
}
