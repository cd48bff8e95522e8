import Glibc
import JSON

/// How the provider fared lately, for all workers of a state folder: after three failures in a row it
/// is left in peace for a minute, and then one worker tries.
///
/// Without it a provider that accepts and hangs would put every event in doubt; with it, those whose
/// messages were on their way when it began, and one at each try.
///
/// `provider.jsonl` has a line for each failure since the last success: appended, so that none is lost
/// where several workers fail at once. `provider.lock` has a locked byte for each message that is on
/// its way. Nothing here is synced, what cannot be read counts as absent, and what goes wrong costs a
/// few needless calls.
package struct Pause: Sendable {
  private let file: String
  private let lock: String

  /// Failures in a row that begin a pause.
  package static let patience = 3
  /// How long it lasts, in milliseconds.
  package static let length: Int64 = 60_000

  init(state: String) {
    file = state + "/provider.jsonl"
    lock = state + "/provider.lock"
  }

  /// The right to send one message. It ends with the process, however that dies.
  package final class Passage {
    private let file: File

    fileprivate init(_ file: consuming File) {
      self.file = file
    }
  }

  /// The right to send a message, for as long as it lives; nil while the provider is paused.
  ///
  /// After a failure only as many messages are on their way as may fail until the pause.
  ///
  /// - Parameter now: milliseconds since 1970.
  package func enter(now: Int64) throws(JournalError) -> Passage? {
    let failures = latestFailures()
    let file = try File(lock, O_RDWR | O_CREAT)
    guard failures.count >= Self.patience else {
      return try passage(file, after: failures.count)
    }
    guard left(failures, now) == nil else { return nil }
    return try file.lockByte(0) ? Passage(file) : nil
  }

  /// How much longer the provider is left in peace, in milliseconds; nil while it is not. It looks
  /// only, and takes no lock.
  ///
  /// - Parameter now: milliseconds since 1970.
  package func left(now: Int64) -> Int64? { left(latestFailures(), now) }

  private func left(_ failures: [Failure], _ now: Int64) -> Int64? {
    guard failures.count >= Self.patience, let last = failures.last else { return nil }
    let left = last.at + Self.length - now
    // An end that is too far away was set by a clock that has been set back since.
    return 1...Self.length ~= left ? left : nil
  }

  private func passage(
    _ file: consuming File, after failures: Int
  ) throws(JournalError) -> Passage? {
    _ = try file.lockByte(.random(in: 1..<Int64.max - 1))
    let others = failures == 0 ? 0 : try file.foreignLocks(in: 1..<Int64.max)
    guard failures + others < Self.patience else { return nil }
    return Passage(file)
  }

  /// Notes that the provider answered as it should.
  package func noteSuccess() {
    unlink(file)
  }

  /// Notes that it did not.
  ///
  /// - Parameters:
  ///   - now: milliseconds since 1970.
  ///   - verdict: what its answer, or the lack of one, meant; for whoever reads the file.
  package func noteFailure(now: Int64, _ verdict: String) {
    let line = Failure(at: now, verdict: verdict).json + [UInt8(ascii: "\n")]
    do {
      try File(file, O_WRONLY | O_APPEND | O_CREAT).append(line)
    } catch {}
  }

  /// A line of the file.
  private struct Failure: JSONConvertible {
    /// Milliseconds since 1970.
    let at: Int64
    let verdict: String

    /// Up to the year 9999: with any other number it could not be counted.
    private static let possible: ClosedRange<Int64> = 0...253_402_300_799_999

    init(at: Int64, verdict: String) {
      self.at = at
      self.verdict = verdict
    }

    init(json: JSONNode) throws(JSONMismatch) {
      at = Int64(try json.integer("at").orMismatch)
      guard Self.possible ~= at else { throw JSONMismatch() }
      verdict = try json.text("verdict").orMismatch
    }

    func write(to json: inout JSONWriter) {
      json.object {
        $0.member("at", at)
        $0.member("verdict", verdict)
      }
    }
  }

  /// The last failures since the last success, as many as a pause needs to be known.
  private func latestFailures() -> [Failure] {
    do {
      let lines = try File(file, O_RDONLY).contents().split(separator: UInt8(ascii: "\n"))
      return lines.suffix(Self.patience).compactMap { Failure(json: $0) }
    } catch {
      return []
    }
  }
}

extension File {
  /// How many locks others hold in a range of the file.
  ///
  /// The kernel tells one at a time, in no order of theirs.
  fileprivate func foreignLocks(in range: Range<Int64>) throws(JournalError) -> Int {
    guard !range.isEmpty else { return 0 }
    var found = flock()
    found.l_type = Int16(F_WRLCK)
    found.l_whence = Int16(SEEK_SET)
    found.l_start = off_t(range.lowerBound)
    found.l_len = off_t(range.count)
    try check("lock", path) { fcntl(descriptor, F_OFD_GETLK, &found) }
    guard found.l_type != Int16(F_UNLCK) else { return 0 }
    let byte = Int64(found.l_start)
    return try 1 + foreignLocks(in: range.lowerBound..<byte)
      + foreignLocks(in: byte + 1..<range.upperBound)
  }
}
