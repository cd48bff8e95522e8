extension Journal {
  /// Makes the day index anew from the applications' files, beside running workers.
  ///
  /// - Parameters:
  ///   - recent: the earliest day to which a worker may still append: what is there of it and of
  ///     later days is completed, earlier days are replaced.
  ///   - progress: told how many of the folders are done.
  /// - Returns: the number of events.
  package func reindex(
    recent: String, progress: (_ done: Int, _ of: Int) -> Void
  ) throws(JournalError) -> Int {
    var count = 0
    try days.rebuild(recent: recent) { draft throws(JournalError) in
      try forEachApplication(progress) { application throws(JournalError) in
        let entries = try history(of: application).entries
        for line in entries.flatMap({ $0.lines(application) }) { try draft.append(line) }
        count += entries.count
      }
    }
    return count
  }
}

extension Entry {
  /// What the index has to say of the event: when it came, and what is known of it now.
  fileprivate func lines(_ application: Int64) -> [DayLine] {
    func line(_ at: String, _ outcome: Outcome?) -> DayLine {
      DayLine(
        at: at, eventId: eventId, application: application, type: kept?.indexedType ?? "unreadable",
        outcome: outcome, isAgain: at != firstAt)
    }
    return [line(firstAt, nil)]
      + (lastAt == firstAt && shownOutcome == nil ? [] : [line(lastAt, shownOutcome)])
  }
}
