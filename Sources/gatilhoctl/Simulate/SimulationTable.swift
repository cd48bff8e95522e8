import Journal
import Lookup
import Sandbox

extension SimulationReport {
  /// Prints what came of it, a name and a value a line.
  ///
  /// - Parameter disk: what the journal says of it, if it was asked.
  func print(of events: SimulatedEvents, disk: DiskCheck?) {
    for (name, value) in deliveryRows(events) + endRows(events.all.count) + diskRows(disk) {
      Swift.print(name.padded(to: 28), value)
    }
  }

  private typealias Row = (name: String, value: String)

  private func deliveryRows(_ events: SimulatedEvents) -> [Row] {
    let times = zip(["p50", "p95", "p99", "max"], latencies(percentiles: [50, 95, 99, 100]))
      .map { "\($0) \(Int64($1 / .milliseconds(1)))" }
    return [
      ("events", "\(events.all.count), \(events.swapped) of them after the next one"),
      ("deliveries", "\(deliveries), \(repeats) of them repeats, \(copies.sent) duplicates"),
    ]
      + answers.sorted { $0.key < $1.key }.map { ("  answered " + $0.key, String($0.value)) }
      + (times.isEmpty ? [] : [("answered within (ms)", times.joined(separator: ", "))])
  }

  private func endRows(_ count: Int) -> [Row] {
    let open = count - taken.count - givenUp.count
    return [
      ("told 200", String(taken.count)), ("given up by Gupy", String(givenUp.count)),
      ("duplicates given up", String(copies.givenUp)),
    ] + (open > 0 ? [("not done: stopped", String(open))] : [])
  }

  private func diskRows(_ disk: DiskCheck?) -> [Row] {
    guard let disk else { return [] }
    let left = givenUp.intersection(disk.kept).count
    return [("on disk", "\(taken.intersection(disk.kept).count) of \(taken.count) told 200")]
      + (givenUp.isEmpty ? [] : [("  given up, and on disk", "\(left): for gatilhoctl retry")])
      + disk.statuses.sorted { $0.key < $1.key }.map { ("  " + $0.key, String($0.value)) }
  }
}

/// What the journal says of the events that a simulation delivered.
struct DiskCheck {
  /// The places of the events that are on disk.
  private(set) var kept: Set<Int> = []
  /// What became of these.
  private(set) var statuses: [String: Int] = [:]
  /// Whether all that Gupy was told 200 for is among them.
  let isClean: Bool

  /// Looks all up that Gupy was told 200 for or gave up; reads each application's file once, without
  /// its lock.
  init(
    _ report: SimulationReport, of events: [GupyEvent], in journal: Journal
  ) throws(JournalError) {
    let places = Dictionary(grouping: report.taken.union(report.givenUp)) { events[$0].application }
    var (kept, statuses): (Set<Int>, [String: Int]) = ([], [:])
    for (application, places) in places {
      let history = try journal.history(of: application)
      for place in places {
        guard let entry = history.entry(events[place].id) else { continue }
        kept.insert(place)
        statuses[entry.listed.rawValue, default: 0] += 1
      }
    }
    (self.kept, self.statuses, isClean) = (kept, statuses, report.taken.isSubset(of: kept))
  }
}
