import Glibc
import Journal

/// The day index read from its end: of each event the last line, the latest first.
///
/// A few lines cost a few reads, however much stands before them. Each file is taken to be in the
/// order of its times, which workers that append at once keep to within milliseconds.
package struct LatestLines {
  private let index: DayIndex
  /// The days that are not begun, the earliest first.
  private var days: [String]
  private var files: [DayFile] = []
  private var seen: Set<[UInt8]> = []
  private let complain: Complaint

  fileprivate init(_ index: DayIndex, days: [String], complain: Complaint) {
    self.complain = complain
    self.index = index
    self.days = days
  }

  /// The next event's last line; nil when all are told.
  package mutating func next() -> DayLine? {
    while let line = nextLine() {
      // Ids are compared by their bytes: Unicode's equal spellings are two ids.
      let key = Array("\(line.application) \(line.eventId)".utf8)
      if seen.insert(key).inserted { return line }
    }
    return nil
  }

  /// The latest of the lines on which the day's files stand.
  private mutating func nextLine() -> DayLine? {
    while true {
      files.removeAll { $0.line == nil }
      let standing = files.compactMap { file in file.line.map { (file, $0) } }
      if let (latest, line) = standing.max(by: { $0.1.at < $1.1.at }) {
        complain.about(()) { () throws(JournalError) in try latest.advance() }
        return line
      }
      guard let day = days.popLast() else { return nil }
      let paths = complain.about([]) { () throws(JournalError) in try index.paths(of: day) }
      files = paths.compactMap { path in
        complain.about(nil) { () throws(JournalError) in try DayFile(path) }
      }
    }
  }
}

extension DayIndex {
  /// The last lines of events, the latest first.
  ///
  /// - Parameters:
  ///   - day: the first day to look at, `2026-03-04`; nil for all.
  ///   - complain: told what cannot be read: it is passed over.
  package func latest(
    since day: String? = nil, complain: Complaint
  ) throws(JournalError) -> LatestLines {
    LatestLines(self, days: try days().filter { $0 >= day ?? "" }, complain: complain)
  }
}

/// One file of the day index, read backwards.
private final class DayFile {
  /// The line on which it stands, at first its last; nil before the first that can be read.
  private(set) var line: DayLine?
  private let file: File
  /// What is read and not used yet; it ends where the last used line began.
  private var bytes: [UInt8] = []
  /// Where in the file `bytes` begin.
  private var start: Int

  private static let chunk = 65_536

  init(_ path: String) throws(JournalError) {
    file = try File(path, O_RDONLY)
    start = try file.size()
    try advance()
  }

  /// Goes to the line before.
  func advance() throws(JournalError) {
    line = nil
    while line == nil, start > 0 || !bytes.isEmpty {
      if let newline = bytes.lastIndex(of: UInt8(ascii: "\n")) {
        line = DayLine(bytes[(newline + 1)...])
        bytes.removeSubrange(newline...)
      } else if start == 0 {
        line = DayLine(bytes[...])
        bytes = []
      } else {
        let earlier = max(0, start - Self.chunk)
        bytes = try file.contents(of: earlier..<start) + bytes
        start = earlier
      }
    }
  }
}
