import Journal

/// Applications' stories, each read once for as long as it stands here, without its lock: who asks for
/// thousands of one application's events would read its file as often.
package struct StoryShelf {
  private let journal: Journal
  private var histories: [Int64: History] = [:]
  /// Where the events of a story stand, by what stands for them in the day index's summaries.
  private var places: [Int64: [Int: Int]] = [:]
  private var events = 0

  /// How many events there may be in all stories together.
  private static let room = 20_000

  /// Nothing is read yet.
  package init(_ journal: Journal) {
    self.journal = journal
  }

  /// What an application's file said when it was read.
  package mutating func history(of application: Int64) throws(JournalError) -> History {
    if let history = histories[application] { return history }
    let history = try journal.history(of: application)
    if events + history.entries.count > Self.room { (histories, places, events) = ([:], [:], 0) }
    histories[application] = history
    events += history.entries.count
    return history
  }

  /// The entry of the event that a summary's key stands for; nil where the file has none.
  package mutating func entry(_ key: Int, of application: Int64) throws(JournalError) -> Entry? {
    let entries = try history(of: application).entries
    let places = places[application] ?? Self.places(of: entries, application)
    self.places[application] = places
    return places[key].map { entries[$0] }
  }

  private static func places(of entries: [Entry], _ application: Int64) -> [Int: Int] {
    let keys = entries.indices.map { place in
      (DaySummary.key(application: application, eventId: entries[place].eventId), place)
    }
    return Dictionary(keys) { first, _ in first }
  }
}
