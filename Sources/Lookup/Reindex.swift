import Gupy
import Journal

extension Journal {
  /// Makes the day index anew from the applications' files, beside running workers.
  ///
  /// - Parameters:
  ///   - recent: the earliest day to which a worker may still append: what is there of it and of
  ///     later days is completed, earlier days are replaced.
  ///   - progress: told how many of the folders are done.
  ///   - complain: told what cannot be read: it is left out, and what the index says of it stays.
  /// - Returns: the number of events.
  package func reindex(
    recent: String, progress: (_ done: Int, _ of: Int) -> Void, complain: Complaint
  ) throws(JournalError) -> Int {
    var (count, isWhole) = (0, true)
    let noting = complain.also { _ in isWhole = false }
    try days.rebuild(recent: recent) { draft throws(JournalError) in
      try forEachHistory(progress, complain: noting) {
        application, history throws(JournalError) in
        for line in history.entries.flatMap({ $0.lines(application) }) { try draft.append(line) }
        count += history.entries.count
      }
      return isWhole
    }
    return count
  }
}

extension Entry {
  /// What the index has to say of the event: when it came, and what is known of it now.
  fileprivate func lines(_ application: Int64) -> [DayLine] {
    // What was written nobody knows when stands on the first day of all.
    let unknown = Timestamp(milliseconds: 0)
    let (first, last) = (arrival ?? self.last ?? unknown, self.last ?? arrival ?? unknown)
    func line(_ at: Timestamp, _ outcome: Outcome?) -> DayLine {
      DayLine(
        at: at, eventId: eventId, application: application,
        type: kept?.type.rawValue ?? "unreadable",
        outcome: outcome, isAgain: at != first)
    }
    let isKnown = last == first && shownOutcome == nil
    return [line(first, nil)] + (isKnown ? [] : [line(last, shownOutcome)])
  }
}
