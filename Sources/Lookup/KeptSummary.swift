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

  /// The sum tells what a torn page or a changed byte leaves; a hash of megabytes takes longer than
  /// to read them.
  private static func stamp(_ sources: String, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let sum = bytes.withUnsafeBufferPointer { $0.reduce(0 as UInt64) { $0 &+ UInt64($1) } }
    return "\(layout) \(bytes.count) \(sum) \(sources)".json
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
    again = try [Int](listed: json.text("again")).orMismatch
    let numbers = try [Int](listed: json.text("open")).orMismatch
    open = stride(from: 0, to: numbers.count / 6 * 6, by: 6).map { Open(numbers[$0..<$0 + 6]) }
    (latest, answered, failing) = (
      try json.integer("latest"), try json.integer("answered"), try json.integer("failing")
    )
    guard hours.count == 24, hours.allSatisfy({ $0.events.count <= kinds.count }),
      open.allSatisfy({ kinds.indices ~= $0.kind })
    else { throw JSONMismatch() }
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("again", again.listed)
      $0.member("answered", answered)
      $0.member("failing", failing)
      $0.member("hours", hours)
      $0.member("kinds", kinds)
      $0.member("latest", latest)
      $0.member("open", open.flatMap(\.numbers).listed)
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

extension DaySummary.Hour: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    events = try [Int](listed: json.text("events")).orMismatch
    provider = try Histogram([Int](listed: json.text("provider")).orMismatch).orMismatch
    journal = try Histogram([Int](listed: json.text("journal")).orMismatch).orMismatch
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("events", events.listed)
      $0.member("journal", journal.numbers.listed)
      $0.member("provider", provider.numbers.listed)
    }
  }
}

extension DaySummary.Open {
  fileprivate var numbers: [Int] { [Int(application), first, isNew ? 1 : 0, key, kind, last] }

  fileprivate init(_ numbers: ArraySlice<Int>) {
    let start = numbers.startIndex
    (application, first) = (Int64(numbers[start]), numbers[start + 1])
    (isNew, key) = (numbers[start + 2] == 1, numbers[start + 3])
    (kind, last) = (numbers[start + 4], numbers[start + 5])
  }
}

extension Histogram {
  /// The counts and the sum, or nothing where nothing was counted.
  fileprivate var numbers: [Int] { count == 0 ? [] : counts + [sum] }

  fileprivate init?(_ numbers: [Int]) {
    guard let sum = numbers.last else { return }
    guard numbers.count == counts.count + 1 else { return nil }
    (counts, self.sum) = (numbers.dropLast(), sum)
  }
}

/// Many numbers are one text of JSON: a day on which no rule was for any event has thirty thousand, and
/// of each as a value of its own a document would keep where it stands.
extension [Int] {
  /// What numbers from 0 to 2^63−1 are written as: `12 0 345 `.
  fileprivate var listed: String { reduce(into: "") { $0 += "\($1) " } }

  /// Nil for any other text, and for none.
  fileprivate init?(listed text: String?) {
    guard var text else { return nil }
    self = []
    let isList = text.withUTF8 { bytes in
      reserveCapacity(bytes.count / 8)
      var number = 0
      for byte in bytes {
        if byte == UInt8(ascii: " ") {
          append(number)
          number = 0
        } else if byte &- UInt8(ascii: "0") < 10 {
          number = number &* 10 &+ Int(byte &- UInt8(ascii: "0"))
        } else {
          return false
        }
      }
      return number == 0
    }
    guard isList else { return nil }
  }
}
