/// How many calls took how long.
package struct Histogram: Equatable, Sendable {
  /// The longest that a call of each class took, in milliseconds; one class more is for the rest.
  package static let bounds = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000,
  ]

  /// How many calls there were of each class.
  package internal(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
  /// How long all took together, in milliseconds.
  package internal(set) var sum = 0

  /// How many calls there were.
  package var count: Int { counts.reduce(0, +) }

  /// Counts a call of so many milliseconds.
  mutating func add(_ milliseconds: Int) {
    let bound = Self.bounds.firstIndex { milliseconds <= $0 } ?? Self.bounds.count
    counts[bound] += 1
    sum += milliseconds
  }

  /// Adds what another counted.
  package static func += (sum: inout Histogram, other: Histogram) {
    for index in sum.counts.indices { sum.counts[index] += other.counts[index] }
    sum.sum += other.sum
  }

  /// The shortest bound, in milliseconds, within which this share of the calls was over; nil when
  /// there were none, or the share took longer than the last bound.
  ///
  /// - Parameter share: 0…1.
  package func bound(of share: Double) -> Int? {
    let wanted = max(1, (share * Double(count)).rounded(.up))
    var seen = 0
    return zip(Self.bounds, counts).first { _, count in
      seen += count
      return Double(seen) >= wanted
    }?.0
  }
}
