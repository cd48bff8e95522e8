import Glibc
import JSON

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
  init(folder: String, file: String = Self.hostName + ".jsonl") {
    self.folder = folder
    self.file = file
  }

  /// Appends a line to the day of its `at`.
  package func append(_ line: DayLine) throws(JournalError) {
    let day = "\(folder)/\(line.day)"
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
    try File.names(in: folder).filter { $0.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil }.sorted()
  }

  /// All lines of a day, those of one file in its order; what cannot be read is left out.
  package func lines(of day: String) throws(JournalError) -> [DayLine] {
    var lines: [DayLine] = []
    for path in try paths(of: day) {
      lines += try File(path, O_RDONLY).dayLines().map(\.line)
    }
    return lines
  }

  /// The day, counted: each event by its last line.
  ///
  /// - Parameters:
  ///   - day: `2026-03-04`; one without lines counts nothing.
  ///   - isOver: whether it is worth while to keep what is counted, for the next time.
  package func summary(of day: String, isOver: Bool) throws(JournalError) -> DaySummary {
    let paths = try paths(of: day).sorted()
    let kept = SummaryFile(path: "\(folder)/\(day)/summary")
    let sources = try paths.map(SummaryFile.Source.init)
    if isOver, let summary = kept.read(sources) { return summary }
    var count = DayCount()
    for path in paths { count.add(try File(path, O_RDONLY).contents()) }
    let summary = count.result()
    if isOver, !paths.isEmpty { kept.write(summary, sources) }
    return summary
  }

  /// A line of the event, wherever it stands; nil when there is none.
  ///
  /// All bytes of the index are searched, the latest day first: no line is read but those that hold
  /// the id.
  package func line(of eventId: String) throws(JournalError) -> DayLine? {
    let id = eventId.json
    for day in try days().reversed() {
      for path in try paths(of: day) {
        let bytes = try File(path, O_RDONLY).contents()
        if let line = bytes.firstLine(holding: id, where: { $0.isOf(eventId) }) { return line }
      }
    }
    return nil
  }

  /// The files of a day that have lines, each on its last.
  func files(of day: String) throws(JournalError) -> [DayFile] {
    try paths(of: day).map { path throws(JournalError) in try DayFile(path) }.compactMap(\.self)
  }

  private func paths(of day: String) throws(JournalError) -> [String] {
    try File.names(in: "\(folder)/\(day)").filter { $0.hasSuffix(".jsonl") }
      .map { "\(folder)/\(day)/\($0)" }
  }

  /// Returns when it is on disk that these days, with the lines of all hosts, are gone.
  package func remove(_ days: [String]) throws(JournalError) {
    for day in days { try remove("\(folder)/\(day)") }
    if !days.isEmpty { try File.syncFolder(folder) }
  }

  /// The folder stays where `reindex` adds to it meanwhile.
  private func remove(_ day: String) throws(JournalError) {
    for name in try File.names(in: day) {
      let file = "\(day)/\(name)"
      try check("remove", file) { unlink(file) == 0 || errno == ENOENT ? 0 : -1 }
    }
    try check("remove", day) {
      rmdir(day) == 0 || errno == ENOENT || errno == ENOTEMPTY ? 0 : -1
    }
  }

  /// This host's name, as it may stand in a path.
  static var hostName: String {
    var buffer = [CChar](repeating: 0, count: 256)
    gethostname(&buffer, buffer.count - 1)
    let name = String(
      decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return name.isEmpty ? "localhost" : String(name.map { $0 == "/" ? "_" : $0 })
  }
}

extension DayIndex {
  /// Replaces what the index says of each day before `recent` by what `fill` appends; of later days,
  /// to which workers may be appending now, it is added.
  func rebuild(
    recent: String, _ fill: (DayIndex) throws(JournalError) -> Void
  ) throws(JournalError) {
    let draft = DayIndex(folder: folder, file: "reindex.draft")
    for day in try days() { unlink("\(folder)/\(day)/\(draft.file)") }
    try fill(draft)
    for day in try days() { try draft.publish(day, isRecent: day >= recent) }
  }

  /// Puts a draft's lines into the order of their times, which readers from the end rely on.
  private func sort(_ draft: String) throws(JournalError) {
    guard access(draft, F_OK) == 0 else { return }
    let lines = try File(draft, O_RDONLY).dayLines()
    let sorted = lines.sorted {
      ($0.line.at, $0.bytes.startIndex) < ($1.line.at, $1.bytes.startIndex)
    }
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
    for other in try File.names(in: path) where other != name { unlink("\(path)/\(other)") }
  }
}

extension File {
  /// The file's lines that can be read, each with its bytes.
  fileprivate func dayLines() throws(JournalError) -> [(line: DayLine, bytes: ArraySlice<UInt8>)] {
    try contents().split(separator: UInt8(ascii: "\n")).compactMap { bytes in
      DayLine(bytes).map { ($0, bytes) }
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
