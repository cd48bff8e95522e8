/// What a number of streams came to.
struct Tally: Sendable {
  var streams = 0
  var deliveries = 0
  var crashes = 0
  /// Events that Gupy was told 200 for, and that are not on disk with what it was told.
  var lost = 0
  /// Messages that the provider may have taken once too often.
  var sentTwice = 0

  var isClean: Bool { lost == 0 && sentTwice == 0 }

  mutating func add(_ other: Tally) {
    streams += other.streams
    deliveries += other.deliveries
    crashes += other.crashes
    lost += other.lost
    sentTwice += other.sentTwice
  }
}

extension Tally: CustomStringConvertible {
  var description: String {
    "\(streams) streams, \(deliveries) deliveries, \(crashes) crashes, lost \(lost), "
      + "sent twice \(sentTwice)"
  }
}
