import Glibc

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
      try File("\(day)/\(file)", flags).append(line.encoded())
    } catch .failed("open", _, ENOENT) {
      try File.makeFolder(folder)
      try File.makeFolder(day)
      try File("\(day)/\(file)", flags).append(line.encoded())
    }
  }

  /// The days that have lines, the earliest first: `2026-03-04`.
  package func days() throws(JournalError) -> [String] {
    try File.names(in: folder).filter { $0.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil }.sorted()
  }

  /// All lines of a day, those of one file in its order; what cannot be read is left out.
  package func lines(of day: String) throws(JournalError) -> [DayLine] {
    var lines: [DayLine] = []
    for name in try File.names(in: "\(folder)/\(day)") where name.hasSuffix(".jsonl") {
      let bytes = try File("\(folder)/\(day)/\(name)", O_RDONLY).contents()
      lines += bytes.split(separator: UInt8(ascii: "\n")).compactMap(DayLine.init)
    }
    return lines
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

  private static var hostName: String {
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

  /// Gives the draft of a day its name, and takes the files that it replaces away.
  private func publish(_ day: String, isRecent: Bool) throws(JournalError) {
    let (path, name) = ("\(folder)/\(day)", "reindex.jsonl")
    unlink("\(path)/\(name)")
    try check("rename", path) {
      rename("\(path)/\(file)", "\(path)/\(name)") == 0 || errno == ENOENT ? 0 : -1
    }
    guard !isRecent else { return }
    for other in try File.names(in: path) where other != name { unlink("\(path)/\(other)") }
  }
}
