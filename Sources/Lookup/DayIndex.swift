import Glibc
import Gupy
import JSON
import Journal

/// What came of events, by day: `days/2026-03-04/<host>.jsonl`, for lists, `retry` and figures.
///
/// Never the truth, which stands in the applications' files: a line is appended without a sync, so
/// a power loss may take it. Of an event's lines the last counts, and `received` means that the
/// application's file has to be asked.
package struct DayIndex: Sendable {
  private let folder: String
  private let file: String

  /// The index in a folder that need not exist yet. Each host appends to files of its own: on a
  /// network file system the appends of two would overwrite each other.
  package init(folder: String, file: String = Layout.hostName + ".jsonl") {
    self.folder = folder
    self.file = file
  }

  /// Appends a line to the day of its `at`.
  package func append(_ line: DayLine) throws(JournalError) {
    let day = "\(folder)/\(line.at.day)"
    let flags = O_WRONLY | O_APPEND | O_CREAT
    do {
      try File("\(day)/\(file)", flags).append(line.encoded)
    } catch .failed("open", _, ENOENT) {
      try File.makeFolder(folder)
      try File.makeFolder(day)
      try File("\(day)/\(file)", flags).append(line.encoded)
    }
  }

  /// The days that have lines, the earliest first: `2026-03-04`.
  package func days() throws(JournalError) -> [String] {
    try Listing(.days, at: folder).names.sorted()
  }

  /// All lines of a day that can be read, those of one file in its order.
  package func lines(of day: String) throws(JournalError) -> [DayLine] {
    var lines: [DayLine] = []
    for path in try paths(of: day) {
      try File(path, O_RDONLY).contents().forEachDayLine { line, _ in lines.append(line) }
    }
    return lines
  }

  /// The day, counted: each event by its last line.
  ///
  /// - Parameters:
  ///   - day: `2026-03-04`; one without lines counts nothing.
  ///   - isOver: whether it is worth while to keep what is counted, for the next time.
  ///   - complain: told what cannot be read: it is passed over.
  package func summary(of day: String, isOver: Bool, complain: Complaint) -> DaySummary {
    complain.about(DaySummary()) { () throws(JournalError) in
      let paths = try paths(of: day).sorted()
      let kept = "\(folder)/\(day)/\(Layout.daySummary)"
      let sources = try DaySummary.sources(paths)
      if isOver, let summary = DaySummary(at: kept, from: sources) { return summary }
      let (summary, isWhole) = count(paths, complain)
      if isOver, isWhole, !paths.isEmpty { summary.keep(at: kept, from: sources) }
      return summary
    }
  }

  private func count(
    _ paths: [String], _ complain: Complaint
  ) -> (summary: DaySummary, isWhole: Bool) {
    let files = paths.map { path in
      complain.about(nil) { () throws(JournalError) in try File(path, O_RDONLY).contents() }
    }
    var count = DayCount()
    for case let bytes? in files { count.add(bytes) }
    return (count.result(), !files.contains { $0 == nil })
  }

  /// A line of the event, wherever it stands; nil when there is none.
  ///
  /// All bytes of the index are searched, the latest day first: no line is read but those that hold
  /// the id. What cannot be read is passed over, and thrown when the line stands nowhere else.
  package func line(of eventId: String) throws(JournalError) -> DayLine? {
    let id = eventId.json
    let complaints = Complaints()
    for day in try days().reversed() {
      let files = complaints.complaint.about([]) { () throws(JournalError) in try paths(of: day) }
      for path in files {
        let bytes = complaints.complaint.about([]) { () throws(JournalError) in
          try File(path, O_RDONLY).contents()
        }
        if let line = bytes.firstLine(holding: id, where: { $0.isOf(eventId) }) { return line }
      }
    }
    if let failure = complaints.all.first { throw failure }
    return nil
  }

  func paths(of day: String) throws(JournalError) -> [String] {
    try Listing(.day, at: "\(folder)/\(day)").names.filter { $0 != Layout.daySummary }
      .map { "\(folder)/\(day)/\($0)" }
  }

  /// Returns when it is on disk that these days, with the lines of all hosts, are gone.
  package func remove(_ days: [String]) throws(JournalError) {
    for day in days { try remove("\(folder)/\(day)") }
    if !days.isEmpty { try File.syncFolder(folder) }
  }

  /// The folder stays where `reindex` adds to it meanwhile, or somebody else has put something.
  private func remove(_ day: String) throws(JournalError) {
    let listing = try Listing(.day, at: day)
    for name in listing.names + listing.drafts {
      let file = "\(day)/\(name)"
      try check("remove", file) { unlink(file) == 0 || errno == ENOENT ? 0 : -1 }
    }
    try check("remove", day) {
      rmdir(day) == 0 || errno == ENOENT || errno == ENOTEMPTY ? 0 : -1
    }
  }
}

extension DayIndex {
  /// Replaces what the index says of each day before `recent` by what `fill` appends; of later days,
  /// to which workers may be appending now, it is added, and of all days where `fill` returns that it
  /// lacks something.
  func rebuild(
    recent: String, _ fill: (DayIndex) throws(JournalError) -> Bool
  ) throws(JournalError) {
    let draft = DayIndex(folder: folder, file: Layout.dayDraft)
    for day in try days() { unlink("\(folder)/\(day)/\(draft.file)") }
    let isWhole = try fill(draft)
    for day in try days() { try draft.publish(day, isRecent: !isWhole || day >= recent) }
  }

  /// Puts a draft's lines into the order of their times, which readers from the end rely on.
  private func sort(_ draft: String) throws(JournalError) {
    guard access(draft, F_OK) == 0 else { return }
    var lines: [(at: Timestamp, bytes: ArraySlice<UInt8>)] = []
    try File(draft, O_RDONLY).contents().forEachDayLine { lines.append(($0.at, $1)) }
    let sorted = lines.sorted { ($0.at, $0.bytes.startIndex) < ($1.at, $1.bytes.startIndex) }
    let newline = [UInt8(ascii: "\n")]
    try File(draft, O_WRONLY | O_TRUNC | O_APPEND).append(sorted.flatMap { newline + $0.bytes })
  }

  /// Gives the draft of a day its name, and takes the files that it replaces away.
  private func publish(_ day: String, isRecent: Bool) throws(JournalError) {
    let (path, name) = ("\(folder)/\(day)", "reindex.jsonl")
    try sort("\(path)/\(file)")
    unlink("\(path)/\(name)")
    try check("rename", path) {
      rename("\(path)/\(file)", "\(path)/\(name)") == 0 || errno == ENOENT ? 0 : -1
    }
    guard !isRecent else { return }
    for other in try Listing(.day, at: path).names where other != name {
      unlink("\(path)/\(other)")
    }
  }
}

extension [UInt8] {
  /// The first line that holds some bytes and means what is wanted.
  fileprivate func firstLine(
    holding wanted: [UInt8], where isWanted: (DayLine) -> Bool
  ) -> DayLine? {
    let newline = UInt8(ascii: "\n")
    var start = startIndex
    while let place = self[start...].place(of: wanted) {
      let begin = self[..<place].lastIndex(of: newline).map { $0 + 1 } ?? startIndex
      let end = self[place...].firstIndex(of: newline) ?? endIndex
      if let line = DayLine(self[begin..<end]), isWanted(line) { return line }
      start = end
    }
    return nil
  }
}

extension Journal {
  /// What came of events, by day.
  package var days: DayIndex { DayIndex(folder: state + "/days") }

  /// Whether applications are kept and no day index is there to find them by.
  package func lacksIndex() throws(JournalError) -> Bool {
    guard try days.days().isEmpty else { return false }
    for folder in try folders() where try !applications(in: folder).isEmpty { return true }
    return false
  }
}
