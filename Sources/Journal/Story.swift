import Glibc

/// One application's file, open and locked: nobody else reads or writes it while this value lives.
package struct Story<Event: Codable & Sendable>: ~Copyable {
  /// What stood in the file when it was opened.
  package let history: History<Event>
  private let bytes: [UInt8]
  private let folder: String
  private let file: File
  private let lock: ApplicationLock
  /// Where the next line goes.
  private var end: Int
  private var isBroken = false

  /// Reads an open file under its application's lock, and owns both.
  init(
    _ file: consuming File, folder: String, lock: consuming ApplicationLock
  ) throws(JournalError) {
    bytes = try file.contents()
    history = History(bytes)
    end = history.length
    self.folder = folder
    self.file = file
    self.lock = lock
  }

  /// Returns when all that the file says of the event, and the new lines, are on disk.
  ///
  /// Lines of the event that another process wrote are written again in place, the same bytes:
  /// that process may have died before its sync, or after one that failed, when the kernel
  /// believes the page clean. A failure cuts the file back to where it was, so that nobody reads
  /// the lost lines from the page cache; after it every further call fails.
  package mutating func keep(
    _ eventId: String, adding lines: [Line<Event>] = []
  ) throws(JournalError) {
    guard !isBroken else { throw .failed(call: "write", path: file.path, errno: EIO) }
    let new = lines.flatMap { $0.encoded() }
    do {
      try write(eventId, new)
      end += new.count
    } catch {
      isBroken = true
      cutBack()
      throw error
    }
  }

  /// Where this fails too, what is left was promised to nobody; the next holder reads it as it stands.
  private func cutBack() {
    do {
      try file.truncate(to: end)
    } catch {}
  }

  private func write(_ eventId: String, _ new: [UInt8]) throws(JournalError) {
    if end == history.length { try restore(eventId) }
    if !new.isEmpty { try file.write(new[...], at: end) }
    try file.syncData()
  }

  /// Before the first line of this holder: what a crash tore is cut off, and what others wrote of
  /// the event is written again.
  private func restore(_ eventId: String) throws(JournalError) {
    if end == 0 { try syncFolders() }
    if end < bytes.count { try file.truncate(to: end) }
    for range in history.entry(eventId)?.ranges ?? [] {
      try file.write(bytes[range], at: range.lowerBound)
    }
  }

  /// A file that is not empty proves that the three folders above it were synced.
  private func syncFolders() throws(JournalError) {
    for place in ["", "/..", "/../.."] { try File.syncFolder(folder + place) }
  }
}
