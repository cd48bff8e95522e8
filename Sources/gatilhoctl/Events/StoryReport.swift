import Gupy
import Handler
import Journal
import Lookup
import Pages

/// An application's story as a person reads it.
struct StoryReport {
  typealias Details = WebhookEvent.Details

  private static let phrases: any StoryPhrases = English()
  private let story: ApplicationStory

  /// Of an application.
  init(_ story: ApplicationStory) {
    self.story = story
  }

  /// Prints whose application it is, and each event with all that happened to it.
  func print() {
    Swift.print("application \(story.application)")
    for line in story.latest?.facts ?? [] { Swift.print("  " + line.harmless) }
    for event in story.events { print(event) }
  }

  private func print(_ event: ApplicationStory.Event) {
    let entry = event.entry
    let day = entry.event.map { $0.date.local + "  " } ?? ""
    let headline = day + Self.phrases.headline(entry.event)
    Swift.print("\n\(headline.harmless), event \(entry.eventId.harmless)")
    for line in event.lines {
      for (index, words) in Self.phrases.words(of: line).enumerated() {
        Swift.print("  \(index == 0 ? line.time : "".padded(to: 19))  \(words.harmless)")
      }
    }
    Swift.print("  → \(next(entry))")
  }

  private func next(_ entry: Entry) -> String {
    guard EventStatus(entry) != .received else { return Self.phrases.inHand }
    return entry.left?.advice(application: story.application) ?? Self.phrases.done
  }
}

extension Line {
  fileprivate var time: String { Timestamp(at)?.local ?? at }
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
