import Sandbox

/// What a simulation is told to a person, a name and a value a line.
struct SimulationTable {
  private let report: SimulationReport
  private let events: SimulatedEvents
  private let disk: DiskCheck?

  /// A table of a simulation, and of what the journal says of it if it was asked.
  init(_ report: SimulationReport, of events: SimulatedEvents, disk: DiskCheck?) {
    self.report = report
    self.events = events
    self.disk = disk
  }

  /// The lines, without a newline.
  var lines: [String] {
    rows.map { $0.name.padded(to: 28) + " " + $0.value }
  }

  private typealias Row = (name: String, value: String)

  private var rows: [Row] {
    sent + answers + [latencies].compactMap(\.self) + ends + (disk.map(rows) ?? [])
  }

  private var sent: [Row] {
    [
      ("events", "\(events.all.count), \(events.swapped) of them after the next one"),
      (
        "deliveries",
        "\(report.deliveries), \(report.repeats) of them repeats, \(report.copies.sent) duplicates"
      ),
    ]
  }

  private var answers: [Row] {
    report.answers.sorted { $0.key < $1.key }.map { ("  answered " + $0.key, String($0.value)) }
  }

  private var latencies: Row? {
    let names = ["p50", "p95", "p99", "max"]
    let times = report.latencies(percentiles: [50, 95, 99, 100])
    guard !times.isEmpty else { return nil }
    return (
      "answered within (ms)",
      zip(names, times).map { "\($0) \($1.milliseconds)" }.joined(separator: ", ")
    )
  }

  private var ends: [Row] {
    let open = events.all.count - report.taken.count - report.givenUp.count
    return [
      ("told 200", String(report.taken.count)),
      ("given up by Gupy", String(report.givenUp.count)),
      ("duplicates given up", String(report.copies.givenUp)),
    ] + (open > 0 ? [("not done: stopped", String(open))] : [])
  }

  private func rows(_ disk: DiskCheck) -> [Row] {
    let taken = report.taken.intersection(disk.kept).count
    let givenUp = report.givenUp.intersection(disk.kept).count
    let left: Row = ("  given up, and on disk", "\(givenUp): for gatilhoctl retry")
    return [("on disk", "\(taken) of \(report.taken.count) told 200")]
      + (report.givenUp.isEmpty ? [] : [left])
      + disk.statuses.sorted { $0.key < $1.key }.map { ("  " + $0.key, String($0.value)) }
  }
}

extension Duration {
  fileprivate var milliseconds: Int64 {
    components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
  }
}
