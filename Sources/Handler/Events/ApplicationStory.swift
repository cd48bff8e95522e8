import Gupy
import Journal

/// All that is kept of one application, for telling it. Read without its lock.
package struct ApplicationStory: Sendable {
  package typealias Details = WebhookEvent.Details

  /// The application's number.
  package let application: Int64
  /// The lines that can be read, in the file's order.
  package private(set) var lines: [Line]
  /// How many cannot.
  package let unreadable: Int
  /// What the lines mean, an event each, in the order in which they came.
  package let entries: [Entry]

  /// Nil where nothing is kept of the application.
  package init?(of application: Int64, in journal: Journal) throws(JournalError) {
    let lines = try journal.lines(of: application)
    guard !lines.isEmpty else { return nil }
    self.application = application
    self.lines = lines.compactMap(\.self)
    unreadable = lines.count - self.lines.count
    entries = try journal.history(of: application).entries
  }

  /// The application that has this number, or whose event has this id; nil where that is not known.
  package init?(named words: String, in journal: Journal) throws(JournalError) {
    if let id = ApplicationID(words), let story = try Self(of: id.number, in: journal) {
      self = story
      return
    }
    guard let line = try journal.days.line(of: words), let number = Int64(line.application) else {
      return nil
    }
    try self.init(of: number, in: journal)
  }

  /// What is known of the application by its latest event.
  package var latest: Details? { lines.compactMap(\.event).max { $0.date < $1.date } }

  /// The lines of one event.
  package func lines(of entry: Entry) -> [Line] {
    lines.filter { $0.eventId.utf8.elementsEqual(entry.eventId.utf8) }
  }

  /// The same, with no more of the candidate than somebody needs who knows them already.
  package var masked: Self {
    var story = self
    story.lines = lines.map(\.masked)
    return story
  }
}
