import Gupy
import Journal
import Testing

@testable import Lookup
@testable import Pages

/// Thirty-five days of deliveries, kills, repeats and retries on a clock of their own; then each
/// figure is recounted from the applications' files.
@Suite struct FiguresTests {
  @Test(arguments: 1...12)
  func `after random days with kills each figure is the journal's`(_ seed: UInt64) throws {
    let days = try RandomDays(seed: seed)
    for day in 0..<35 {
      try days.play()
      if day % 5 == 4 { try check(days) }
    }
    #expect(days.kills > 30)
    try days.reindex()
    try check(days)
  }

  private func check(_ days: RandomDays) throws {
    let overview = try Overview(days.site, now: days.now)
    let (figures, recount) = (overview.figures, try Recount(days.site.journal, now: days.now))
    #expect(figures.days.map(\.events) == recount.days)
    #expect(figures.hours.map(\.events) == recount.hours)
    for need in [Standing.unconfirmed, .rejected, .undeliverable, .noRule] {
      #expect(figures.count(need) == recount.needs[need, default: 0], "\(need)")
    }
    #expect(figures.open.count(where: \.isUnfinished) == recount.unfinished.count)
    #expect(overview.count(.quarantine) == days.quarantined)
    // What came before these days is known by its first line within them.
    let horizon = IndexDay.horizonStart(days.now)
    if let oldest = recount.unfinished.min(), oldest < horizon {
      #expect(try #require(figures.oldestUnfinished) >= horizon)
    } else {
      #expect(figures.oldestUnfinished == recount.unfinished.min())
    }
  }
}

/// The figures, counted the slow way.
private struct Recount {
  var days = [[DaySummary.Kind: Int]](repeating: [:], count: 30)
  var hours = [[DaySummary.Kind: Int]](repeating: [:], count: 24)
  var needs: [Standing: Int] = [:]
  var unfinished: [Timestamp] = []
  private let now: Timestamp

  init(_ journal: Journal, now: Timestamp) throws {
    self.now = now
    for application in Int64(1)...40 {
      for entry in try journal.history(of: application).entries { try add(entry) }
    }
  }

  private mutating func add(_ entry: Entry) throws {
    let last = try #require(entry.last).milliseconds
    let day = Int(now.milliseconds / 86_400_000 - last / 86_400_000)
    let hour = Int(now.milliseconds / 3_600_000 - last / 3_600_000)
    guard day < 30 else { return }
    let (status, reason) = Self.words(entry)
    let kind = DaySummary.Kind(
      type: entry.event?.type.rawValue ?? "?", status: status, reason: reason)
    days[29 - day][kind, default: 0] += 1
    if hour < 24 { hours[23 - hour][kind, default: 0] += 1 }
    if let need = entry.need { needs[need, default: 0] += 1 }
    if ["received", "unavailable"].contains(status) {
      unfinished.append(try #require(entry.arrival))
    }
  }

  private static func words(_ entry: Entry) -> (String, String?) {
    guard entry.standing.isFinished, let outcome = entry.outcome else {
      return (entry.standing.rawValue, nil)
    }
    return (outcome.status.rawValue, outcome.status == .ignored ? outcome.reason : nil)
  }
}
