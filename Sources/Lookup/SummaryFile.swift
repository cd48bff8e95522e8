import Glibc
import Journal

/// A day's summary, kept beside the lines that it was counted from, for as long as these are the
/// same: `days/2026-03-04/summary`.
struct SummaryFile {
  let path: String

  /// The layout; another number for each change of it, of the hash or of `Histogram.bounds`.
  private static let layout: UInt64 = 1

  /// A file of lines: what changes when a line is added, or the file replaced.
  struct Source: Equatable {
    let path: String
    let size: Int
    /// When it was last written, in nanoseconds since 1970; beyond the year 2262 any other number.
    let writtenAt: Int
  }

  /// The summary, if it was counted from these files.
  func read(_ sources: [Source]) -> DaySummary? {
    do throws(JournalError) {
      guard var words = WordStream(try File(path, O_RDONLY).contents()),
        words.word() == Self.layout, words.list(Source.init) == sources
      else { return nil }
      return DaySummary(&words)
    } catch {
      return nil
    }
  }

  /// Keeps a summary. One that cannot be written is counted anew the next time, and so is one that a
  /// power loss took: nothing is synced.
  func write(_ summary: DaySummary, _ sources: [Source]) {
    var words = WordStream()
    words.write(Self.layout)
    words.write(sources) { $1.write(to: &$0) }
    summary.write(to: &words)
    do throws(JournalError) {
      try File.replace(path, with: words.bytes)
    } catch {}
  }
}

extension SummaryFile.Source {
  /// The file as it stands now.
  init(_ path: String) throws(JournalError) {
    var info = stat()
    try check("stat", path) { stat(path, &info) }
    self.init(
      path: path, size: info.st_size,
      writtenAt: info.st_mtim.tv_sec &* 1_000_000_000 &+ info.st_mtim.tv_nsec)
  }

  fileprivate init?(_ words: inout WordStream) {
    guard let path = words.text(), let size = words.number(), let time = words.number() else {
      return nil
    }
    self.init(path: path, size: size, writtenAt: time)
  }

  fileprivate func write(to words: inout WordStream) {
    words.write(path)
    words.write(size)
    words.write(writtenAt)
  }
}

extension DaySummary {
  fileprivate init?(_ words: inout WordStream) {
    self.init()
    guard let kinds = words.list(Kind.init), let hours = words.list(Hour.init),
      let open = words.list(Open.init), let again = words.list({ $0.word() }),
      let times = words.list({ $0.number() }), times.count == 3, words.isAtEnd,
      hours.count == self.hours.count, hours.allSatisfy({ $0.events.count <= kinds.count }),
      open.allSatisfy({ kinds.indices ~= $0.kind })
    else { return nil }
    (self.kinds, self.hours, self.open, self.again) = (kinds, hours, open, again)
    (latest, answered, failing) = (times[0].time, times[1].time, times[2].time)
  }

  fileprivate func write(to words: inout WordStream) {
    words.write(kinds) { $1.write(to: &$0) }
    words.write(hours) { $1.write(to: &$0) }
    words.write(open) { $1.write(to: &$0) }
    words.write(again) { $0.write($1) }
    words.write([latest, answered, failing]) { $0.write($1 ?? -1) }
  }
}

extension Int {
  fileprivate var time: Int? { self < 0 ? nil : self }
}

extension DaySummary.Kind {
  fileprivate init?(_ words: inout WordStream) {
    guard let type = words.text(), let status = words.text(), let reason = words.text() else {
      return nil
    }
    self.init(type: type, status: status, reason: reason.isEmpty ? nil : reason)
  }

  fileprivate func write(to words: inout WordStream) {
    for text in [type, status, reason ?? ""] { words.write(text) }
  }
}

extension DaySummary.Hour {
  fileprivate init?(_ words: inout WordStream) {
    self.init()
    guard let events = words.list({ $0.number() }), let provider = Histogram(&words),
      let journal = Histogram(&words)
    else { return nil }
    (self.events, self.provider, self.journal) = (events, provider, journal)
  }

  fileprivate func write(to words: inout WordStream) {
    words.write(events) { $0.write($1) }
    provider.write(to: &words)
    journal.write(to: &words)
  }
}

extension Histogram {
  fileprivate init?(_ words: inout WordStream) {
    self.init()
    guard let counts = words.list({ $0.number() }), counts.count == self.counts.count,
      let sum = words.number()
    else { return nil }
    (self.counts, self.sum) = (counts, sum)
  }

  fileprivate func write(to words: inout WordStream) {
    words.write(counts) { $0.write($1) }
    words.write(sum)
  }
}

extension DaySummary.Open {
  fileprivate init?(_ words: inout WordStream) {
    guard let key = words.word(), let application = words.number(), let kind = words.number(),
      let first = words.number(), let last = words.number(), let isNew = words.number()
    else { return nil }
    self.init(
      key: key, application: Int64(application), kind: kind, first: first, last: last,
      isNew: isNew == 1)
  }

  fileprivate func write(to words: inout WordStream) {
    words.write(key)
    for number in [Int(application), kind, first, last, isNew ? 1 : 0] { words.write(number) }
  }
}
