import Gupy
import Journal

/// Events for a list: found by the day index, told by their applications' files.
package struct EventSearch {
  private let journal: Journal

  /// Looks into the journal of a state folder.
  package init(_ journal: Journal) {
    self.journal = journal
  }

  /// Which events are meant.
  package struct Selection: Sendable {
    /// Something was written of them at this moment or later.
    package var since: Timestamp
    /// Where they stand; empty for anywhere.
    package var statuses: Set<Standing> = []
    /// Only what a person has to decide or to mend.
    package var needsPerson = false
    /// The job's number, or its name with `*` as wildcard.
    package var job: String?
    /// The current step's name, with `*` as wildcard.
    package var step: String?
    /// How many at the most.
    package var limit: Int

    /// All events since a moment.
    package init(since: Timestamp, limit: Int) {
      self.since = since
      self.limit = limit
    }
  }

  /// An event, and whose it is.
  package struct Found: Sendable {
    /// The application's number.
    package let application: Int64
    /// All that its file says of the event.
    package let entry: Entry

    /// An event of an application.
    package init(application: Int64, entry: Entry) {
      self.application = application
      self.entry = entry
    }
  }

  /// The events of a selection, those first of which something was written last.
  ///
  /// With a million applications the first twenty cost some reads of an end of a file; a selection
  /// that leaves most events out costs the reading of their lines in the index.
  ///
  /// - Parameter complain: told what cannot be read: it is passed over.
  package func find(
    _ selection: Selection, complain: Complaint
  ) throws(JournalError) -> [Found] {
    var latest = try journal.days.latest(since: selection.since.day, complain: complain)
    var found: [Found] = []
    var shelf = StoryShelf(journal)
    while found.count < selection.limit, let line = latest.next(),
      line.at >= selection.since
    {
      guard selection.mayMean(line),
        let entry = complain.about(
          nil,
          { () throws(JournalError) in
            try shelf.history(of: line.application).entry(line.eventId)
          }),
        selection.means(entry)
      else { continue }
      found.append(Found(application: line.application, entry: entry))
    }
    return found
  }
}

extension EventSearch.Selection {
  fileprivate func mayMean(_ line: DayLine) -> Bool {
    (statuses.isEmpty || line.mayBe(statuses))
      && (!needsPerson || line.obstacles.contains(where: Standing.needingPerson.contains))
  }

  fileprivate func means(_ entry: Entry) -> Bool {
    (statuses.isEmpty || statuses.contains(entry.listed))
      && (!needsPerson || entry.need != nil)
      && isOf(job, entry.event?[.jobID], entry.event?[.jobName])
      && isOf(step, entry.event?[.currentStepName])
  }

  private func isOf(_ wanted: String?, _ texts: String?...) -> Bool {
    guard let wanted else { return true }
    let pattern = FoldedText(wanted)
    return texts.contains { $0.map { FoldedText($0).matches(pattern: pattern) } == true }
  }
}

extension Outcome {
  /// What fits into a column: a word, or the paths that stood in the way.
  package var shortReason: String? {
    reason ?? problems.map { $0.map(\.path).joined(separator: ", ") }
  }
}
