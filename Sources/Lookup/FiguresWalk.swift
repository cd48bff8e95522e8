import Gupy
import Journal

/// Goes through the day index from its last day to its first.
struct FiguresWalk {
  /// The latest first.
  let days: [IndexDay]
  private let journal: Journal
  private var shelf: StoryShelf
  private let now: Timestamp
  private let retention: Duration?
  private let complain: Complaint
  /// How many events came to what, by the hour: those of the latest day first.
  private var hours: [[DaySummary.Kind: Int]]
  private var figures = Figures()
  /// Events that were taken up again on a later day than the one that is looked at.
  private var later: Set<Int> = []
  /// Where the unfinished events stand among the open ones, as long as an earlier day may know them.
  private var unfinished: [Int: Int] = [:]
  /// How many applications' files may still be read: more than that died with no process.
  private var questions = 500

  private static let hour: Int64 = 3_600_000

  /// Nothing is counted yet.
  init(_ journal: Journal, now: Timestamp, retention: Duration?, complain: Complaint) {
    self.journal = journal
    self.complain = complain
    shelf = StoryShelf(journal)
    self.now = now
    self.retention = retention
    days = IndexDay.latest(now: now)
    hours = Array(repeating: [:], count: days.count * 24)
  }

  /// Adds a day; those after it are added.
  mutating func add(_ place: Int) {
    let day = days[place]
    let summary = journal.days.summary(of: day.start.day, isOver: day.isOver, complain: complain)
    figures.deliveries.add(summary, of: day)
    for (hour, counted) in summary.hours.enumerated() {
      add(counted, summary.kinds, day.start + .seconds(3_600 * hour))
    }
    let known = figures.open.count
    let standings = summary.kinds.map(OpenEvent.Standing.init)
    for event in summary.open {
      complain.about(()) { () throws(JournalError) in
        try add(event, summary.kinds[event.kind], standings[event.kind], of: day)
      }
    }
    for index in figures.open.indices[known...] where figures.open[index].isUnfinished {
      unfinished[figures.open[index].key] = index
    }
    for event in summary.open where event.isNew { unfinished[event.key] = nil }
    later.formUnion(summary.again)
  }

  /// What is counted.
  func result() -> Figures {
    var result = figures
    result.hours = (0..<24).reversed().map { back in
      let rest = (now.milliseconds - now.midnight.milliseconds) % Self.hour
      let start = now - .milliseconds(rest) - .seconds(3_600 * back)
      return Figures.Span(start: start, events: place(of: start).map { hours[$0] } ?? [:])
    }
    result.days = days.indices.reversed().map { place in
      var span = Figures.Span(start: days[place].start)
      for hour in hours[(place * 24)..<(place * 24 + 24)] { span.events.merge(hour) { $0 + $1 } }
      return span
    }
    return result
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
  private mutating func add(
    _ event: DaySummary.Open, _ kind: DaySummary.Kind, _ standing: OpenEvent.Standing?,
    of day: IndexDay
  ) throws(JournalError) {
    if later.contains(event.key) {
      add(-1, of: kind, at: day.at(event.last))
      if let place = unfinished[event.key] { figures.open[place].first = day.at(event.first) }
    } else if kind.outcome == nil, questions > 0 {
      try ask(event, kind, of: day)
    } else if let standing, try isKept(event, of: day) {
      figures.open.append(OpenEvent(event, standing, of: day))
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
    let entry = try shelf.entry(event.key, of: event.application)
    guard let entry, let last = Timestamp(entry.lastAt), place(of: last) != nil,
      last < day.start || day.holds(last)
    else { return }
    add(1, of: DaySummary.Kind(entry), at: last)
    if let open = OpenEvent(entry, event) { figures.open.append(open) }
  }

  /// Whether the event's application is there still: a purge takes applications before the index.
  private func isKept(_ event: DaySummary.Open, of day: IndexDay) throws(JournalError) -> Bool {
    guard let retention, now - day.at(event.last) > retention else { return true }
    return try journal.changedAt(event.application) != nil
  }

  private mutating func add(_ count: Int, of kind: DaySummary.Kind, at moment: Timestamp) {
    guard count != 0, let place = place(of: moment) else { return }
    let sum = hours[place][kind, default: 0] + count
    hours[place][kind] = sum == 0 ? nil : sum
  }

  /// The hour that a moment belongs to; nil before the first day and after the last.
  private func place(of moment: Timestamp) -> Int? {
    days.firstIndex { $0.holds(moment) }.map { place in
      place * 24 + Int((moment - days[place].start).components.seconds / 3_600)
    }
  }
}
