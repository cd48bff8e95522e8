import Gupy
import Handler
import Journal
import Lookup
import Sandbox

/// What the journal says of the events that a simulation delivered.
struct DiskCheck {
  /// The places of the events that are on disk.
  let kept: Set<Int>
  /// What became of these.
  let statuses: [String: Int]
  /// Whether all that Gupy was told 200 for is among them.
  let isClean: Bool

  /// Looks all up that Gupy was told 200 for or gave up; reads each application's file once, without
  /// its lock.
  init(
    _ report: SimulationReport, of events: [GupyEvent],
    in journal: Journal
  ) throws(JournalError) {
    let places = Dictionary(grouping: report.taken.union(report.givenUp)) { events[$0].application }
    var (kept, statuses): (Set<Int>, [String: Int]) = ([], [:])
    for (application, places) in places {
      let history = try journal.history(of: application)
      for place in places {
        guard let entry = history.entry(events[place].id) else { continue }
        kept.insert(place)
        statuses[EventStatus(entry).rawValue, default: 0] += 1
      }
    }
    self.kept = kept
    self.statuses = statuses
    isClean = report.taken.isSubset(of: kept)
  }
}
