import Gupy
import Handler
import Journal
import Sandbox

/// What the journal says of the events that a simulation delivered.
struct DiskCheck {
  /// Events that Gupy was told 200 for, and those of them that are on disk.
  private(set) var taken = (count: 0, kept: 0)
  /// Events that Gupy gave up, and those of them that are on disk.
  private(set) var givenUp = (count: 0, kept: 0)
  /// What became of those that are on disk.
  private(set) var statuses: [String: Int] = [:]

  /// Whether all that Gupy was told 200 for is on disk.
  var isClean: Bool { taken.kept == taken.count }

  /// Reads each application's file once, without its lock.
  init(
    _ report: SimulationReport, of events: [GupyEvent],
    in journal: Journal<WebhookEvent.Details>
  ) throws(JournalError) {
    let places = Dictionary(grouping: report.taken.union(report.givenUp)) { events[$0].application }
    for (application, places) in places {
      let history = try journal.history(of: application)
      for place in places {
        let entry = history.entry(events[place].id)
        let (count, kept) = (1, entry == nil ? 0 : 1)
        if report.taken.contains(place) {
          taken = (taken.count + count, taken.kept + kept)
        } else {
          givenUp = (givenUp.count + count, givenUp.kept + kept)
        }
        if let entry { statuses[EventStatus(entry).rawValue, default: 0] += 1 }
      }
    }
  }
}
