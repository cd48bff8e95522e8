import Glibc

/// What processes are doing now: `<state>/working/<host>`, an empty file in which each of a host's
/// processes locks bytes whose offsets say what it does, since when, and its process id.
///
/// Nothing is written, and the kernel takes a mark away when its process ends, however that dies. A
/// process that is stopped, or waits for a disk that does not answer, keeps its mark, and everybody
/// sees how old it is.
package struct Working: Sendable {
  private let folder: String

  /// What a process does.
  package enum Work: Int64, CaseIterable, Sendable {
    /// It handles an event.
    case handling
    /// It hands a message to the provider.
    case sending
    /// It tries whether the provider is well again.
    case probing
  }

  /// Nothing that is marked takes longer, in milliseconds: an event is answered after 25 s, and nginx
  /// gives up after 28 s. A process with an older mark does not go on.
  package static let life: Int64 = 30_000

  init(folder: String) {
    self.folder = folder
  }

  /// Marks that this process does something from now on; nil where that cannot be noted.
  ///
  /// - Parameter now: milliseconds since 1970.
  package func begin(_ work: Work, now: Int64) -> Mark? {
    do throws(JournalError) {
      let file = try File.make("\(folder)/\(Layout.hostName)", in: [folder], O_RDWR)
      // Two threads of a process may begin within a second.
      for _ in 0..<128 {
        let place = Place(work, since: now, pid: getpid(), host: Layout.hostName)
        if try file.lockByte(place.offset(salt: .random(in: 0..<128))) { return Mark(file) }
      }
    } catch {}
    return nil
  }

  /// Who does something now, and is not known to be stuck: on every host, save what `mark` stands for.
  package func live(_ work: Work, but mark: Mark? = nil, now: Int64) -> [Place] {
    places(work, since: now - Self.life...now + Self.life, but: mark)
  }

  /// Who does something for so long that it does not go on any more, the longest first.
  package func stuck(now: Int64) -> [Place] {
    Work.allCases.flatMap { places($0, since: 0...now - Self.life) }.sorted { $0.since < $1.since }
  }

  private func places(
    _ work: Work, since: ClosedRange<Int64>, but mark: Mark? = nil
  ) -> [Place] {
    do throws(JournalError) {
      let range = Place.offsets(work, since)
      return try Listing(.working, at: folder).names.flatMap { host in
        locks(range, on: host, but: mark).map { Place(work, offset: $0, host: host) }
      }
    } catch {
      return []
    }
  }

  /// The marks on a host; what cannot be looked at has none.
  private func locks(_ range: Range<Int64>, on host: String, but mark: Mark?) -> [Int64] {
    do throws(JournalError) {
      // Its own locks no descriptor sees.
      if let mark, host == Layout.hostName { return try mark.file.foreignLocks(in: range) }
      return try File("\(folder)/\(host)", O_RDONLY | O_NONBLOCK).foreignLocks(in: range)
    } catch {
      return []
    }
  }
}

extension Working {
  /// What this process does; it ends with this value, or with the process.
  package final class Mark: Sendable {
    fileprivate let file: File

    fileprivate init(_ file: consuming File) {
      self.file = file
    }
  }

  /// What some process does.
  package struct Place: Equatable, Sendable {
    /// What it does.
    package let work: Work
    /// Since when, in whole seconds, as milliseconds since 1970.
    package let since: Int64
    private let pid: pid_t
    private let host: String

    /// Who it is: `1234@host`.
    package var name: String { "\(pid)@\(host)" }

    fileprivate init(_ work: Work, since: Int64, pid: pid_t, host: String) {
      (self.work, self.since, self.pid, self.host) = (work, since, pid, host)
    }
  }
}

/// An offset: two bits for what is done, 32 for the second, 22 for the process (`PID_MAX_LIMIT`), and
/// seven for two of a process within a second.
extension Working.Place {
  fileprivate func offset(salt: Int64) -> Int64 {
    work.rawValue << 61 | Self.second(since) << 29 | Int64(pid) << 7 | salt
  }

  fileprivate init(_ work: Working.Work, offset: Int64, host: String) {
    self.init(
      work, since: (offset >> 29 & 0xFFFF_FFFF) * 1_000, pid: pid_t(offset >> 7 & 0x3F_FFFF),
      host: host)
  }

  fileprivate static func offsets(_ work: Working.Work, _ since: ClosedRange<Int64>) -> Range<Int64>
  {
    let first = work.rawValue << 61
    return first | second(since.lowerBound) << 29..<first | (second(since.upperBound) + 1) << 29
  }

  private static func second(_ milliseconds: Int64) -> Int64 {
    min(max(0, milliseconds / 1_000), 0xFFFF_FFFE)
  }
}

extension File {
  /// The locked bytes in a range of the file whose locks are not this descriptor's.
  ///
  /// The kernel tells one at a time, in no order of theirs (fcntl(2), `F_OFD_GETLK`).
  fileprivate func foreignLocks(in range: Range<Int64>) throws(JournalError) -> [Int64] {
    guard !range.isEmpty else { return [] }
    var found = flock()
    found.l_type = Int16(F_WRLCK)
    found.l_whence = Int16(SEEK_SET)
    found.l_start = off_t(range.lowerBound)
    found.l_len = off_t(range.count)
    try check("lock", path) { fcntl(descriptor, F_OFD_GETLK, &found) }
    guard found.l_type != Int16(F_UNLCK) else { return [] }
    let byte = max(range.lowerBound, Int64(found.l_start))
    return try foreignLocks(in: range.lowerBound..<byte) + [byte]
      + foreignLocks(in: byte + 1..<range.upperBound)
  }
}
