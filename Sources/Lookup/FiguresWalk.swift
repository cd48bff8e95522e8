import Gupy
import Journal

/// Goes through the day index from its last day to its first.
struct FiguresWalk {
  private let journal: Journal
  private var shelf: StoryShelf
  private let now: Timestamp
  private let retention: Duration?
  private let complain: Complaint
  /// The latest first.
  private let days: [IndexDay]
  /// How many events came to what, by the hour's beginning.
  private var hours: [Timestamp: [DaySummary.Kind: Int]] = [:]
  private var figures = Figures()
  /// Events that were taken up again on a later day than the one that is looked at.
  private var later: Set<Int> = []
  /// Where the unfinished events stand among the open ones, as long as an earlier day may know them.
  private var unfinished: [Int: Int] = [:]
  /// How many applications' files may still be read: more than that died with no process.
  private var questions = 500

  init(_ journal: Journal, now: Timestamp, retention: Duration?, complain: Complaint) {
    (self.journal, self.now, self.retention, self.complain) = (journal, now, retention, complain)
    shelf = StoryShelf(journal)
    days = IndexDay.latest(now: now)
  }

  /// Counts all days.
  mutating func result() -> Figures {
    for day in days { add(day) }
    figures.hours = (0..<24).reversed().map {
      span(from: now.hour - .seconds(3_600 * $0), hours: 1)
    }
    figures.days = days.reversed().map { span(from: $0.start, hours: 24) }
    return figures
  }

  private func span(from start: Timestamp, hours count: Int) -> Figures.Span {
    let events = (0..<count).map { hours[start + .seconds(3_600 * $0), default: [:]] }
    return Figures.Span(
      start: start, events: events.reduce(into: [:]) { $0.merge($1) { $0 + $1 } })
  }

  /// Adds a day; those after it are added.
  private mutating func add(_ day: IndexDay) {
    let summary = journal.days.summary(of: day.start.day, isOver: day.isOver, complain: complain)
    figures.deliveries.add(summary, of: day)
    for (place, hour) in summary.hours.enumerated() {
      add(hour, summary.kinds, day.start + .seconds(3_600 * place))
    }
    let known = figures.open.count
    for event in summary.open {
      let kind = summary.kinds[event.kind]
      let open = kind.standing.map {
        OpenEvent(
          application: event.application, key: event.key, standing: $0,
          first: day.at(event.first), last: day.at(event.last))
      }
      complain.about(()) { () throws(JournalError) in try add(event, kind, open, of: day) }
    }
    for index in figures.open.indices[known...] where figures.open[index].isUnfinished {
      unfinished[figures.open[index].key] = index
    }
    for event in summary.open where event.isNew { unfinished[event.key] = nil }
    later.formUnion(summary.again)
  }

  /// Counts what ended within an hour.
  private mutating func add(
    _ hour: DaySummary.Hour, _ kinds: [DaySummary.Kind], _ start: Timestamp
  ) {
    for (kind, count) in zip(kinds, hour.events) { add(count, of: kind, at: start) }
    if now - start < .seconds(86_400) {
      figures.provider += hour.provider
      figures.journal += hour.journal
    }
    if days[0].holds(start) {
      figures.providerToday += hour.provider
      figures.journalToday += hour.journal
    }
  }

  /// Takes an event that is not done on its day: it counts on a later one, or is open still.
  ///
  /// - Parameter open: how it is open by the index; nil for a status that this version does not know.
  private mutating func add(
    _ event: DaySummary.Open, _ kind: DaySummary.Kind, _ open: OpenEvent?, of day: IndexDay
  ) throws(JournalError) {
    if later.contains(event.key) {
      add(-1, of: kind, at: day.at(event.last))
      if let place = unfinished[event.key] { figures.open[place].first = day.at(event.first) }
    } else if kind.isUndecided, questions > 0 {
      try ask(event, kind, of: day)
    } else if let open, try isKept(open) {
      figures.open.append(open)
    }
  }

  /// Counts an event that somebody had in hand where and as its file has it.
  ///
  /// It counts nowhere if it never came into its file, and where its later lines are if it did so
  /// on a later day.
  private mutating func ask(
    _ event: DaySummary.Open, _ kind: DaySummary.Kind, of day: IndexDay
  ) throws(JournalError) {
    questions -= 1
    add(-1, of: kind, at: day.at(event.last))
    guard let entry = try shelf.entry(event.key, of: event.application), let first = entry.arrival,
      let last = entry.last, isWithin(last), last < day.start || day.holds(last)
    else { return }
    add(1, of: DaySummary.Kind(entry), at: last)
    guard entry.left != nil else { return }
    figures.open.append(
      OpenEvent(
        application: event.application, key: event.key, standing: entry.current, first: first,
        last: last))
  }

  /// Whether the event's application is there still: a purge takes applications before the index.
  private func isKept(_ event: OpenEvent) throws(JournalError) -> Bool {
    guard let retention, now - event.last > retention else { return true }
    return try journal.changedAt(event.application) != nil
  }

  private mutating func add(_ count: Int, of kind: DaySummary.Kind, at moment: Timestamp) {
    guard count != 0, isWithin(moment) else { return }
    let sum = hours[moment.hour, default: [:]][kind, default: 0] + count
    hours[moment.hour, default: [:]][kind] = sum == 0 ? nil : sum
  }

  /// Whether a moment belongs to one of the days.
  private func isWithin(_ moment: Timestamp) -> Bool {
    days.last.map { $0.start <= moment } == true && moment.midnight <= days[0].start
  }
}

extension Timestamp {
  /// The beginning of its hour, UTC.
  fileprivate var hour: Timestamp {
    let rest = (milliseconds - midnight.milliseconds) % 3_600_000
    return Timestamp(milliseconds: milliseconds - rest)
  }
}

extension DaySummary.Kind {
  /// What an event's file says that it came to.
  fileprivate init(_ entry: Entry) {
    let status = entry.listed
    self.init(
      type: entry.event?.type.rawValue ?? "unreadable", status: status.rawValue,
      reason: status == .ignored ? entry.outcome?.reason : nil)
  }
}
