import HTTPClient
import Messaging

/// What came of a simulation so far, as Gupy sees it.
package struct SimulationReport: Sendable {
  /// How often each answer came: `200 accepted`, `503 unavailable`, `no answer`.
  package private(set) var answers: [String: Int] = [:]
  /// The places of the events that were answered 200: Gupy forgets them.
  package private(set) var taken: Set<Int> = []
  /// The places of those that were never answered 200, as long as Gupy tried: it forgets them too.
  package private(set) var givenUp: Set<Int> = []
  /// Copies of what had been answered 200, and how many of them never were.
  package private(set) var copies = (sent: 0, givenUp: 0)
  /// Deliveries that followed one that failed.
  package private(set) var repeats = 0
  private var latencies: [Duration] = []

  /// Notes a delivery before it is known what comes of it.
  mutating func begin(_ delivery: Agenda.Delivery) {
    if delivery.number > 1 { repeats += 1 }
    if delivery.isCopy, delivery.number == 1 { copies.sent += 1 }
  }

  /// Notes an answer, or that there was none, and how long it took.
  mutating func add(_ answer: HTTPResponse?, after time: Duration) {
    let words = answer.map { [String($0.status), $0.outcome].compactMap(\.self) }
    answers[words?.joined(separator: " ") ?? "no answer", default: 0] += 1
    latencies.append(time)
  }

  mutating func take(_ delivery: Agenda.Delivery) { taken.insert(delivery.event) }

  /// Notes that Gupy does not deliver again what never was.
  mutating func giveUp(_ delivery: Agenda.Delivery) {
    if delivery.isCopy { copies.givenUp += 1 } else { givenUp.insert(delivery.event) }
  }

  package var isClean: Bool { givenUp.isEmpty && copies.givenUp == 0 }

  package var deliveries: Int { latencies.count }

  var settled: Int { taken.count + givenUp.count }

  /// The times that so many of a hundred answers did not exceed (nearest rank); none without
  /// deliveries.
  package func latencies(percentiles: [Int]) -> [Duration] {
    let sorted = latencies.sorted()
    guard !sorted.isEmpty else { return [] }
    return percentiles.map { sorted[max(0, (sorted.count * $0 + 99) / 100 - 1)] }
  }
}
