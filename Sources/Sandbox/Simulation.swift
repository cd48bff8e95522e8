import HTTPClient
import Messaging
import Synchronization

/// A run of deliveries as Gupy makes them: each on a connection of its own, many at once, repeated on
/// a timetable until it is answered 200 or Gupy gives up.
package final class Simulation: Sendable {
  package struct Options: Sendable {
    /// First deliveries a second; nil: as many as there are senders for.
    package var rate: Double?
    package var concurrency = 16
    /// How many of a hundred events come again after they were answered 200.
    package var duplicates = 0
    /// How long Gupy waits after each delivery that failed before it repeats it; then it gives up.
    package var waits = Simulation.waits()
    /// Which of the events come again.
    package var seed: UInt64 = 0

    package init() {}
  }

  /// When Gupy delivers again what was not answered 200: after 1, 5, 15 and 30 minutes, and every 30
  /// minutes until two hours are over.
  ///
  /// - Parameter speed: how many times faster; more than 0.
  package static func waits(speed: Double = 1) -> [Duration] {
    [1, 5, 15, 30, 30, 30].map { .seconds($0 * 60 / speed) }
  }

  private let events: [GupyEvent]
  private let gupy: FakeGupy
  private let secret: String
  private let options: Options
  /// The places of the events that come again.
  private let copied: Set<Int>
  private let progress: Mutex<(agenda: Agenda, report: SimulationReport)>

  /// - Parameter secret: what stands in `Authorization`.
  package init(
    _ events: [GupyEvent], from gupy: FakeGupy, secret: String, options: Options = Options()
  ) {
    self.events = events
    self.gupy = gupy
    self.secret = secret
    self.options = options
    var dice = Dice(seed: options.seed, stream: 2)
    copied = Set(events.indices.filter { _ in dice.isLucky(options.duplicates) })
    progress = Mutex((Agenda(count: events.count, rate: options.rate), SimulationReport()))
  }

  package var report: SimulationReport { progress.withLock(\.report) }

  /// Delivers until nothing is left. Cancelled, it ends with the deliveries that are under way.
  ///
  /// - Parameter show: gets, whenever that changes, how many events are done with, of how many.
  package func run(show: @Sendable @escaping (Int, Int) -> Void = { _, _ in }) async {
    await withTaskGroup { group in
      for _ in 0..<options.concurrency {
        group.addTask { await self.deliverAll(show) }
      }
    }
  }

  private func deliverAll(_ show: @Sendable (Int, Int) -> Void) async {
    while !Task.isCancelled {
      switch progress.withLock({ $0.agenda.next(at: .now) }) {
      case .deliver(let delivery):
        await deliver(delivery)
        show(progress.withLock { $0.report.settled }, events.count)
      case .wait(let due): await pause(until: due)
      case .end: return
      }
    }
  }

  /// Others may put something on the agenda meanwhile.
  private func pause(until due: ContinuousClock.Instant) async {
    do {
      try await Task.sleep(until: min(due, .now + .milliseconds(20)))
    } catch {}
  }

  private func deliver(_ delivery: Agenda.Delivery) async {
    progress.withLock { $0.report.begin(delivery) }
    let start = ContinuousClock.now
    let answer = await answer(to: delivery)
    let end = ContinuousClock.now
    progress.withLock { progress in
      progress.report.add(answer, after: end - start)
      if answer?.status == 200 {
        progress.report.take(delivery)
        progress.agenda.end(copy(of: delivery).map { (end, $0) })
      } else if delivery.number <= options.waits.count {
        progress.agenda.end((end + options.waits[delivery.number - 1], delivery.repeated))
      } else {
        progress.report.giveUp(delivery)
        progress.agenda.end()
      }
    }
  }

  private func answer(to delivery: Agenda.Delivery) async -> HTTPResponse? {
    do {
      return try await gupy.post(events[delivery.event].body, secret: secret)
    } catch {
      return nil
    }
  }

  private func copy(of delivery: Agenda.Delivery) -> Agenda.Delivery? {
    guard !delivery.isCopy, copied.contains(delivery.event) else { return nil }
    return Agenda.Delivery(event: delivery.event, isCopy: true, number: 1)
  }
}
