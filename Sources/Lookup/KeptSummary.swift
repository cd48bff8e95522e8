import Glibc
import JSON
import Journal

/// A day's summary as it is kept beside the lines that it was counted from: `days/2026-03-04/summary`.
///
/// Its first line says what it was counted from, and is another when a line was added, a file replaced
/// or a byte of what follows changed; whatever is not as this program writes it is counted anew.
extension DaySummary {
  /// Reads a summary, if it was counted from these files.
  init?(at path: String, from sources: String) {
    do throws(JournalError) {
      let lines = try File(path, O_RDONLY).contents()
        .split(separator: UInt8(ascii: "\n"), maxSplits: 1)
      guard lines.count == 2, lines[0].elementsEqual(Self.stamp(sources, lines[1])) else {
        return nil
      }
      self.init(json: lines[1])
    } catch {
      return nil
    }
  }

  /// Keeps a summary. One that cannot be written is counted anew the next time, and so is one that a
  /// power loss took: nothing is synced.
  func keep(at path: String, from sources: String) {
    let json = self.json
    do throws(JournalError) {
      try File.replace(path, with: Self.stamp(sources, json[...]) + [UInt8(ascii: "\n")] + json)
    } catch {}
  }

  /// Another number for each change of what is written, of the hash or of `Histogram.bounds`.
  private static let layout = 2

  private static func stamp(_ sources: String, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let hash = bytes.withUnsafeBytes(UInt64.init(fnv1a64:))
    return "\(layout) \(hash) \(sources)".json
  }

  /// What changes when a line is added to one of the files, or it is replaced.
  static func sources(_ paths: [String]) throws(JournalError) -> String {
    try paths.map { path throws(JournalError) in
      var info = stat()
      try check("stat", path) { stat(path, &info) }
      return "\(path) \(info.st_size) \(info.st_mtim.tv_sec).\(info.st_mtim.tv_nsec)"
    }.joined(separator: ", ")
  }
}

extension DaySummary: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    kinds = try json.value("kinds").orMismatch
    hours = try json.value("hours").orMismatch
    open = try json.value("open").orMismatch
    again = try json.value("again").orMismatch
    (latest, answered, failing) = (
      try json.integer("latest"), try json.integer("answered"), try json.integer("failing")
    )
    guard hours.count == 24, hours.allSatisfy({ $0.events.count <= kinds.count }),
      open.allSatisfy({ kinds.indices ~= $0.kind })
    else { throw JSONMismatch() }
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("again", again)
      $0.member("answered", answered)
      $0.member("failing", failing)
      $0.member("hours", hours)
      $0.member("kinds", kinds)
      $0.member("latest", latest)
      $0.member("open", open)
    }
  }
}

extension DaySummary.Kind: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    self.init(
      type: try json.text("type").orMismatch, status: try json.text("status").orMismatch,
      reason: try json.text("reason"))
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("reason", reason)
      $0.member("status", status)
      $0.member("type", type)
    }
  }
}

/// What is many is written as lists of numbers, without names.
extension DaySummary.Hour: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    let numbers = try [[Int]](json: json)
    guard numbers.count == 3 else { throw JSONMismatch() }
    events = numbers[0]
    provider = try Histogram(numbers: numbers[1]).orMismatch
    journal = try Histogram(numbers: numbers[2]).orMismatch
  }

  package func write(to json: inout JSONWriter) {
    json.array([events, provider.numbers, journal.numbers])
  }
}

extension DaySummary.Open: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    let numbers = try [Int](json: json)
    guard numbers.count == 6 else { throw JSONMismatch() }
    self.init(
      key: numbers[0], application: Int64(numbers[1]), kind: numbers[2], first: numbers[3],
      last: numbers[4], isNew: numbers[5] == 1)
  }

  package func write(to json: inout JSONWriter) {
    json.array([key, Int(application), kind, first, last, isNew ? 1 : 0])
  }
}
