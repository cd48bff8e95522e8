import Journal

/// The day index read from its end: of each event the last line, the latest first.
///
/// A few lines cost a few reads, however much stands before them. Each file is taken to be in the
/// order of its times, which workers that append at once keep to within milliseconds.
package struct LatestLines {
  private let index: DayIndex
  /// The days that are not begun, the earliest first.
  private var days: [String]
  private var files: [DayFile] = []
  private var seen: Set<[UInt8]> = []
  private let complain: Complaint

  /// Nothing is read yet.
  init(_ index: DayIndex, days: [String], complain: Complaint) {
    self.complain = complain
    self.index = index
    self.days = days
  }

  /// The next event's last line; nil when all are told.
  package mutating func next() -> DayLine? {
    while let line = nextLine() {
      if seen.insert(line.key).inserted { return line }
    }
    return nil
  }

  /// The latest of the lines on which the day's files stand.
  private mutating func nextLine() -> DayLine? {
    while true {
      let latest = files.max { $0.line.at < $1.line.at }
      if let latest {
        let line = latest.line
        let goesOn = complain.about(false) { () throws(JournalError) in try latest.advance() }
        if !goesOn { files.removeAll { $0 === latest } }
        return line
      }
      guard let day = days.popLast() else { return nil }
      files = index.files(of: day, complain: complain)
    }
  }
}

extension DayIndex {
  /// The last lines of events, the latest first.
  ///
  /// - Parameters:
  ///   - day: the first day to look at, `2026-03-04`; nil for all.
  ///   - complain: told what cannot be read: it is passed over.
  package func latest(
    since day: String? = nil, complain: Complaint
  ) throws(JournalError) -> LatestLines {
    LatestLines(self, days: try days().filter { $0 >= day ?? "" }, complain: complain)
  }
}

extension DayLine {
  /// Ids are compared by their bytes: Unicode's equal spellings are two ids.
  fileprivate var key: [UInt8] { Array("\(application) \(eventId)".utf8) }
}
