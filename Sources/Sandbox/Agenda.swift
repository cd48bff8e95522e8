import Messaging

/// What is still to be delivered, and when: events for the first time, and what comes again.
struct Agenda {
  struct Delivery: Equatable {
    /// Its place among the events.
    let event: Int
    /// Whether it was answered 200 before, and comes once more.
    let isCopy: Bool
    /// Which it is, from 1: Gupy repeats what failed.
    let number: Int

    /// The same once more, after a failure.
    var repeated: Delivery { Delivery(event: event, isCopy: isCopy, number: number + 1) }
  }

  enum Step: Equatable {
    case deliver(Delivery)
    /// Nothing is due: look again at this moment, or earlier.
    case wait(until: ContinuousClock.Instant)
    case end
  }

  private let count: Int
  private let start: ContinuousClock.Instant
  /// From one first delivery to the next.
  private let pace: Duration
  private var begun = 0
  private var underWay = 0
  /// The next one last.
  private var later: [(due: ContinuousClock.Instant, delivery: Delivery)] = []

  /// - Parameter rate: how many are begun a second; nil: as many as there are senders for.
  init(count: Int, rate: Double?, start: ContinuousClock.Instant = .now) {
    self.count = count
    self.start = start
    pace = rate.map { .seconds(1 / $0) } ?? .zero
  }

  /// What a sender is to do now. What comes again goes before what comes for the first time.
  mutating func next(at now: ContinuousClock.Instant) -> Step {
    if let last = later.last, last.due <= now { return begin(later.removeLast().delivery) }
    guard begun < count else {
      // Nothing is to be waited for but what comes of what is under way.
      guard underWay > 0 || !later.isEmpty else { return .end }
      return .wait(until: later.last?.due ?? now + .seconds(86_400))
    }
    let due = start + pace * begun
    guard due <= now else { return .wait(until: min(due, later.last?.due ?? due)) }
    begun += 1
    return begin(Delivery(event: begun - 1, isCopy: false, number: 1))
  }

  private mutating func begin(_ delivery: Delivery) -> Step {
    underWay += 1
    return .deliver(delivery)
  }

  /// Notes that a delivery was answered, or failed.
  ///
  /// - Parameter next: the one that follows from it, and when it is due.
  mutating func end(_ next: (due: ContinuousClock.Instant, delivery: Delivery)? = nil) {
    underWay -= 1
    guard let next else { return }
    later.insert(next, at: later.partitioningIndex { $0.due <= next.due })
  }
}

extension Array {
  /// The first index whose element holds, where all those behind it hold too.
  fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
