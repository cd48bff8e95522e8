import Glibc
import JSON

/// How far this host's clock is ahead of nginx's: `<state>/clocks/<host>.json`, which is there only
/// while they differ, or seem to.
///
/// The age of a webhook is the time that it waited for a worker and the difference of the clocks. Only
/// where nothing waited, the age is the difference; and since nothing waits for less than no time, an
/// age below the difference shows at once that it is less. Never the truth and never synced; several
/// workers may overwrite each other's, which costs a sample.
package struct ClockOffset: Sendable {
  private let folder: String
  private let path: String

  /// A difference of so much is none, in milliseconds.
  package static let tolerance: Int64 = 1_000
  /// So many webhooks in a row that did not wait have to show it: one may have met a worker that was
  /// stopped.
  private static let proof = 3

  init(folder: String) {
    self.folder = folder
    path = "\(folder)/\(Layout.hostName).json"
  }

  /// How far this host's clock is ahead of nginx's, in milliseconds; 0 for no difference.
  ///
  /// - Parameters:
  ///   - age: the time since nginx received a webhook, by both clocks, in milliseconds.
  ///   - wasIdle: whether a worker waited for it, so that it did not wait itself.
  package func learn(_ age: Int64, wasIdle: Bool) -> Int64 {
    let before = known()
    var samples = before
    if age < before.offset - Self.tolerance {
      samples = Samples(offset: age)
    } else if age <= before.offset + Self.tolerance {
      samples = Samples(offset: before.offset)
    } else if wasIdle {
      samples.add(age)
      if samples.count == Self.proof { samples = Samples(offset: samples.least) }
    }
    if abs(samples.offset) <= Self.tolerance { samples.offset = 0 }
    if samples != before { keep(samples) }
    return samples.offset
  }

  private func known() -> Samples { File.value(at: path) ?? Samples(offset: 0) }

  private func keep(_ samples: Samples) {
    guard samples != Samples(offset: 0) else {
      unlink(path)
      return
    }
    do throws(JournalError) {
      try File.makeFolder(folder)
      try File.replace(path, with: samples.json)
    } catch {}
  }

  /// What was seen lately, in milliseconds.
  fileprivate struct Samples: Equatable {
    /// What is believed.
    var offset: Int64
    /// How many in a row spoke for more.
    private(set) var count = 0
    /// The least of these.
    private(set) var least: Int64 = 0

    /// Up to a thousand years: with any other number nothing could be counted.
    fileprivate static let possible: ClosedRange<Int64> = -31_622_400_000_000...31_622_400_000_000

    init(offset: Int64) {
      self.offset = offset
    }

    mutating func add(_ age: Int64) {
      least = count == 0 ? age : min(least, age)
      count += 1
    }
  }
}

extension ClockOffset.Samples: JSONConvertible {
  init(json: JSONNode) throws(JSONMismatch) {
    offset = Int64(try json.integer("offset").orMismatch)
    count = try json.integer("count").orMismatch
    least = Int64(try json.integer("least").orMismatch)
    guard [offset, least, Int64(count)].allSatisfy(Self.possible.contains) else {
      throw JSONMismatch()
    }
  }

  func write(to json: inout JSONWriter) {
    json.object {
      $0.member("count", count)
      $0.member("least", least)
      $0.member("offset", offset)
    }
  }
}
