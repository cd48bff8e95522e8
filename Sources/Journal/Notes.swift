import Glibc
import Gupy
import JSON
import Synchronization

/// What workers and timers notice on their way and people have to be told: `<state>/notes/<kind>.json`,
/// the latest of each kind.
///
/// Never the truth and never synced; what cannot be read counts as absent, and what cannot be written
/// is not noted. A kind is written at most once a minute, so that a flood of refusals stays cheap.
package final class Notes: Sendable {
  private let folder: String
  /// When this process last noted each kind: within the interval nothing is looked at.
  private let noted = Mutex<[Kind: Int64]>([:])

  /// What is noted.
  package enum Kind: String, CaseIterable, Sendable {
    /// A webhook whose secret is not configured.
    case secret
    /// A webhook that waited for a worker for longer than is good.
    case busy
    /// A webhook that nginx has received in the future, or long ago, by this process's clock.
    case clock
    /// A process that did not go on.
    case stuck
    /// A webhook that nginx turned away.
    case limited
    /// An address that Gupy has switched off.
    case inactive
    /// An event whose date lies after its arrival.
    case futureDate
    /// A worker that reads another configuration.
    case sharedState
    /// A file or folder of gatilho's that could not be read or written.
    case unreadable
  }

  /// One kind's latest.
  package struct Note: Equatable, Sendable {
    /// When it was first noticed without a longer break, in milliseconds since 1970.
    package let since: Int64
    /// When it was last noticed, in milliseconds since 1970.
    package let at: Int64
    /// What shows it; nothing of a candidate.
    package let evidence: String?
  }

  /// How long a note stands, in milliseconds: what is noticed again within that time is the same.
  package static let life: Int64 = 3_600_000
  /// What is noticed again within that time is not written again, in milliseconds.
  private static let interval: Int64 = 60_000

  init(folder: String) {
    self.folder = folder
  }

  /// Notes what was noticed now, unless it was within the last minute.
  ///
  /// - Parameters:
  ///   - now: milliseconds since 1970.
  ///   - evidence: a figure, a path or a process; nothing of a candidate.
  package func note(_ kind: Kind, _ evidence: String? = nil, now: Int64) {
    guard isTime(for: kind, now) else { return }
    let earlier = latest(kind, now: now)
    if let earlier, now - earlier.at < Self.interval { return }
    let note = Note(since: earlier?.since ?? now, at: now, evidence: evidence)
    do {
      try File.makeFolder(folder)
      try File.replace(path(kind), with: note.json)
    } catch {}
  }

  /// Whether this process has not noted the kind within the interval, and so may now.
  private func isTime(for kind: Kind, _ now: Int64) -> Bool {
    noted.withLock { noted in
      if let last = noted[kind], last..<last + Self.interval ~= now { return false }
      noted[kind] = now
      return true
    }
  }

  /// What was noticed of a kind; nil when there was nothing, or for too long nothing.
  package func latest(_ kind: Kind, now: Int64) -> Note? {
    guard let note: Note = File.value(at: path(kind)) else { return nil }
    let age = now.subtractingReportingOverflow(note.at).partialValue
    return -Self.life...Self.life ~= age ? note : nil
  }

  /// The latest of each kind of which something was noticed.
  package func all(now: Int64) -> [Kind: Note] {
    Dictionary(
      uniqueKeysWithValues: Kind.allCases.compactMap { kind in
        latest(kind, now: now).map { (kind, $0) }
      })
  }

  /// Forgets a kind: it is as it should be again.
  package func clear(_ kind: Kind) {
    noted.withLock { $0[kind] = nil }
    unlink(path(kind))
  }

  private func path(_ kind: Kind) -> String { "\(folder)/\(kind.rawValue).json" }
}

extension Notes.Note: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    since = Int64(try json.integer("since").orMismatch)
    at = Int64(try json.integer("at").orMismatch)
    evidence = try json.text("evidence")
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("at", at)
      $0.member("evidence", evidence)
      $0.member("since", since)
    }
  }
}

extension Notes {
  /// Notes that something of the state folder could not be read or written; a lack of room is told
  /// otherwise, and a busy application is nothing to mend.
  package func note(_ error: JournalError, now: Timestamp) {
    guard case .failed = error, !error.isLackOfRoom else { return }
    note(.unreadable, error.description, now: now.milliseconds)
  }
}
