import Gupy
import Journal

/// All that is kept of one application, for telling it. Read without its lock.
package struct ApplicationStory: Sendable {
  package typealias Details = WebhookEvent.Details

  /// The application's number.
  package let application: Int64
  /// The lines that can be read, in the file's order.
  package private(set) var lines: [Line] = []
  /// The event that each line is of, as its place among the entries.
  private var owners: [Int] = []
  /// How many lines cannot be read.
  package let unreadable: Int
  /// How many lines that can be read are left out: the first.
  package private(set) var omitted = 0
  /// The line of the event by which the application is known best: the latest.
  private var newest: Line?
  /// What the lines mean, an event each, in the order in which they came.
  private let entries: [Entry]

  /// An event, and its lines in the file's order.
  package struct Event: Sendable {
    /// What its lines mean.
    package let entry: Entry
    /// One or more.
    package fileprivate(set) var lines: [Line] = []
  }

  /// Nil where nothing is kept of the application.
  package init?(of application: Int64, in journal: Journal) throws(JournalError) {
    var (lines, owners): ([Line], [Int]) = ([], [])
    let history = try journal.history(of: application) { line, place in
      lines.append(line)
      owners.append(place)
    }
    guard !lines.isEmpty || !history.unreadableLines.isEmpty else { return nil }
    self.application = application
    (self.lines, self.owners, entries) = (lines, owners, history.entries)
    unreadable = history.unreadableLines.count
    let events = lines.compactMap { line in line.moment.map { (line, $0) } }
    newest = events.max { $0.1 < $1.1 }?.0
  }

  /// The application that has this number, or whose event has this id; nil where that is not known.
  package init?(named words: String, in journal: Journal) throws(JournalError) {
    if let id = ApplicationID(words), let story = try Self(of: id.number, in: journal) {
      self = story
      return
    }
    guard let line = try journal.days.line(of: words) else { return nil }
    try self.init(of: line.application, in: journal)
  }

  /// What is known of the application by its latest event.
  package var latest: Details? { newest?.event }

  /// The events that have lines, in the order in which they came.
  package var events: [Event] {
    var events = entries.map { Event(entry: $0) }
    for (line, owner) in zip(lines, owners) { events[owner].lines.append(line) }
    return events.filter { !$0.lines.isEmpty }
  }

  /// The same with no more than so many of the latest lines.
  package func last(_ count: Int) -> Self {
    var story = self
    (story.lines, story.owners) = (lines.suffix(count), owners.suffix(count))
    story.omitted += lines.count - story.lines.count
    return story
  }

  /// The same, with no more of the candidate than somebody needs who knows them already.
  package var masked: Self {
    var story = self
    (story.lines, story.newest) = (lines.map(\.masked), newest?.masked)
    return story
  }
}

extension Line {
  /// When its event happened, for order alone; nil for a line of another kind.
  fileprivate var moment: Timestamp? { event?.moment(arrival: at) }
}
