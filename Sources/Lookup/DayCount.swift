import Journal

/// Counts the lines of a day in one pass over their bytes.
struct DayCount {
  private var summary = DaySummary()
  private var events: [DaySummary.Open] = []
  /// Which file each event's last line stands in.
  private var files: [Int] = []
  /// Where each event stands among them, by its key.
  private var places: [Int: Int] = [:]
  /// When messages were certainly not sent.
  private var failures: [Int] = []
  /// The number of the file that is read.
  private var file = 0

  private static let hour = 3_600_000

  /// Adds the lines of a file; those that cannot be read are left out.
  mutating func add(_ bytes: [UInt8]) {
    file += 1
    places.reserveCapacity(events.count + bytes.count / 300)
    bytes.forEachDayLine { line, _ in add(line) }
  }

  /// What is counted.
  func result() -> DaySummary {
    var result = summary
    for event in events {
      result.hours[event.last / Self.hour].count(event.kind)
      if !event.isNew { result.again.append(event.key) }
      if result.kinds[event.kind].isOpen { result.open.append(event) }
    }
    result.failing = failures.filter { $0 > result.answered ?? -1 }.min()
    return result
  }

  /// Within a file the later of an event's lines counts, among files that of the later time.
  private mutating func add(_ line: DayLine) {
    let (kind, time) = (place(ofKind: line), line.time)
    count(line, at: time, summary.kinds[kind])
    let key = DaySummary.key(application: line.application, eventId: line.eventId)
    let isNew = summary.kinds[kind].isUndecided && !line.isAgain
    guard let place = places[key] else {
      places[key] = events.count
      files.append(file)
      events.append(
        DaySummary.Open(
          key: key, application: line.application, kind: kind, first: time, last: time, isNew: isNew
        ))
      return
    }
    events[place].isNew = events[place].isNew || isNew
    events[place].first = min(events[place].first, time)
    guard files[place] == file || events[place].last <= time else { return }
    (events[place].kind, events[place].last, files[place]) = (kind, time, file)
  }

  /// Counts what does not depend on other lines of the event.
  private mutating func count(_ line: DayLine, at time: Int, _ kind: DaySummary.Kind) {
    if let length = line.journal { summary.hours[time / Self.hour].journal.add(length) }
    if let length = line.provider { summary.hours[time / Self.hour].provider.add(length) }
    summary.latest = max(summary.latest ?? 0, time)
    if kind.standing == .unavailable {
      failures.append(time)
    } else if !kind.isUndecided {
      summary.answered = max(summary.answered ?? 0, time)
    }
  }

  /// Where a line's kind stands in the list of kinds, to which it is added if it is not there.
  private mutating func place(ofKind line: DayLine) -> Int {
    let known = summary.kinds.firstIndex {
      $0.status == line.status && $0.reason == line.reason && $0.type == line.type
    }
    if let known { return known }
    summary.kinds.append(
      DaySummary.Kind(type: line.type, status: line.status, reason: line.reason))
    return summary.kinds.endIndex - 1
  }
}
