import Glibc
import Journal

/// Counts the lines of a day in one pass over their bytes.
struct DayCount {
  private var summary = DaySummary()
  private var events: [Event] = []
  /// Where each event stands among them, by its key.
  private var places: [UInt64: Int] = [:]
  /// How lines end, and which kind they are of.
  private var tails: [(bytes: [UInt8], kind: Int)] = []
  /// When messages were certainly not sent.
  private var failures: [Int] = []
  /// The number of the file that is read.
  private var file = 0

  private static let hour = 3_600_000

  /// What is known of an event.
  fileprivate struct Event {
    let key: UInt64
    let application: Int64
    var kind: Int
    var first: Int
    var last: Int
    /// Which file its last line stands in.
    var file: Int
    /// Whether one of its lines says that it was on disk on no earlier day.
    var isNew: Bool
  }

  /// Adds the lines of a file; those that cannot be read are left out.
  mutating func add(_ bytes: [UInt8]) {
    file += 1
    events.reserveCapacity(events.count + bytes.count / 300)
    places.reserveCapacity(events.count + bytes.count / 300)
    bytes.withUnsafeBytes { bytes in
      var rest = bytes
      while let start = rest.baseAddress, !rest.isEmpty {
        let newline = memchr(start, 0x0A, rest.count).map { UnsafeRawPointer($0) - start }
        add(UnsafeRawBufferPointer(start: start, count: newline ?? rest.count))
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst((newline ?? rest.count) + 1))
      }
    }
  }

  /// What is counted.
  func result() -> DaySummary {
    var result = summary
    for event in events {
      result.hours[event.last / Self.hour].count(event.kind)
      if !event.isNew { result.again.append(event.key) }
      if result.kinds[event.kind].isOpen { result.open.append(DaySummary.Open(event)) }
    }
    result.failing = failures.filter { $0 > result.answered ?? -1 }.min()
    return result
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    if let line = PlainDayLine(bytes) {
      add(note(line))
      // One that is not plain has an escape in it, or is torn.
    } else if let line = DayLine(json: ArraySlice(bytes)), let note = note(line) {
      add(note)
    }
  }

  /// Within a file the later of an event's lines counts, among files that of the later time.
  private mutating func add(_ note: Note) {
    count(note)
    let isNew = summary.kinds[note.kind].outcome == nil && !note.isAgain
    guard let place = places[note.key] else {
      places[note.key] = events.count
      events.append(Event(first: note, file: file, isNew: isNew))
      return
    }
    events[place].isNew = events[place].isNew || isNew
    events[place].first = min(events[place].first, note.time)
    guard events[place].file == file || events[place].last <= note.time else { return }
    (events[place].kind, events[place].last, events[place].file) = (note.kind, note.time, file)
  }

  /// Counts what does not depend on other lines of the event.
  private mutating func count(_ note: Note) {
    if let time = note.journal { summary.hours[note.time / Self.hour].journal.add(time) }
    if let time = note.provider { summary.hours[note.time / Self.hour].provider.add(time) }
    summary.latest = max(summary.latest ?? 0, note.time)
    switch summary.kinds[note.kind].outcome {
    case .accepted, .ignored, .undeliverable, .rejected, .unconfirmed:
      summary.answered = max(summary.answered ?? 0, note.time)
    case .unavailable: failures.append(note.time)
    case nil: break
    }
  }
}

/// What a line says.
private struct Note {
  let key: UInt64
  let application: Int64
  let kind: Int
  /// In milliseconds of the day.
  let time: Int
  let isAgain: Bool
  let journal: Int?
  let provider: Int?
}

extension DayCount.Event {
  fileprivate init(first note: Note, file: Int, isNew: Bool) {
    self.init(
      key: note.key, application: note.application, kind: note.kind, first: note.time,
      last: note.time, file: file, isNew: isNew)
  }
}

extension DaySummary.Open {
  fileprivate init(_ event: DayCount.Event) {
    self.init(
      key: event.key, application: event.application, kind: event.kind, first: event.first,
      last: event.last, isNew: event.isNew)
  }
}

extension DayCount {
  private mutating func note(_ line: PlainDayLine) -> Note {
    var hash = FNV1a64()
    hash.add(line.application.digits)
    hash.add(line.eventId)
    return Note(
      key: hash.value, application: line.application.number, kind: kind(line), time: line.time,
      isAgain: line.isAgain, journal: line.journal, provider: line.provider)
  }

  private mutating func note(_ line: DayLine) -> Note? {
    let kind = DaySummary.Kind(type: line.type, status: line.status, reason: line.reason)
    return Array(line.at.utf8).withUnsafeBytes(DayTime.milliseconds).map { time in
      Note(
        key: DaySummary.key(application: line.application, eventId: line.eventId),
        application: line.application, kind: place(of: kind), time: time,
        isAgain: line.again == true, journal: line.journal, provider: line.provider)
    }
  }

  /// Which kind a line is of.
  private mutating func kind(_ line: PlainDayLine) -> Int {
    let known = tails.first { $0.bytes.isEqual(to: line.tail) }
    if let known { return known.kind }
    func text(_ bytes: PlainDayLine.Bytes) -> String { String(decoding: bytes, as: UTF8.self) }
    let kind = DaySummary.Kind(
      type: text(line.type), status: text(line.status), reason: line.reason.map(text))
    tails.append((Array(line.tail), place(of: kind)))
    return place(of: kind)
  }

  /// Where a kind stands in the list of kinds, to which it is added if it is not there.
  private mutating func place(of kind: DaySummary.Kind) -> Int {
    if let known = summary.kinds.firstIndex(of: kind) { return known }
    summary.kinds.append(kind)
    return summary.kinds.endIndex - 1
  }
}

extension [UInt8] {
  fileprivate func isEqual(to other: UnsafeRawBufferPointer) -> Bool {
    withUnsafeBytes { own in
      guard count == other.count, let start = own.baseAddress, let other = other.baseAddress else {
        return false
      }
      return memcmp(start, other, count) == 0
    }
  }
}
