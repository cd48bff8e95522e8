import Glibc

/// One application's file, open and locked: nobody else reads or writes it while this value lives.
package struct Story: ~Copyable {
  /// What stood in the file when it was opened.
  package let history: History
  private let bytes: [UInt8]
  private let folder: String
  private let journal: Journal
  private let file: File
  private let lock: ApplicationLock
  /// Where the next line goes.
  private var end: Int
  /// Whether what this value knows of the file is no longer true.
  private var isOver = false

  /// Reads an open file under its application's lock, and owns both.
  init(
    _ file: consuming File, of journal: Journal, folder: String, lock: consuming ApplicationLock
  ) throws(JournalError) {
    bytes = try file.contents()
    history = History(bytes)
    end = history.length
    self.folder = folder
    self.journal = journal
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
    _ eventId: String, adding lines: [Line] = []
  ) throws(JournalError) {
    try checkOpen()
    var new: [UInt8] = []
    for line in lines { new += line.encoded }
    do {
      try write(eventId, new)
      end += new.count
    } catch {
      isOver = true
      cutBack()
      throw error
    }
  }

  private func checkOpen() throws(JournalError) {
    guard !isOver else { throw .failed(call: "write", path: file.path, errno: EIO) }
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
    // A file that is not empty proves that the three folders above it were synced.
    if end == 0 { try journal.synced.sync(folder) }
    if end < bytes.count { try file.truncate(to: end) }
    for range in history.entry(eventId)?.ranges ?? [] {
      try file.write(bytes[range], at: range.lowerBound)
    }
  }
}

extension Story {
  /// Takes what names the candidate out of every line, and returns when that is on disk; after it
  /// every further call fails.
  ///
  /// It is written over the old bytes, in as many: a new file in the place of the old could lose what
  /// a worker appends before the folder is synced. A power loss in the middle leaves any mixture of
  /// the old sectors and the new. Every event's id stands in both at the same place, so the event
  /// stays known; a line that the mixture spoils puts what is unfinished in doubt, and so it is held
  /// and never sent twice. The next erasure leaves nothing but ids of such a line. What was torn
  /// before is cut off.
  ///
  /// A failure writes the old bytes back, so that the next run finds what it has to erase.
  package mutating func erase() throws(JournalError) {
    try checkOpen()
    isOver = true
    let newline = UInt8(ascii: "\n")
    let bytes = try file.contents()
    let lines = bytes[..<end].split(separator: newline, omittingEmptySubsequences: false)
    let new = lines.dropLast().flatMap { Line.erased($0) + [newline] }
    do {
      try file.write(new[...], at: 0)
      try file.truncate(to: end)
      try file.syncData()
    } catch {
      writeBack(bytes)
      throw error
    }
  }

  /// Where this fails too, the error says that the erasure is not done.
  private func writeBack(_ bytes: [UInt8]) {
    do {
      try file.write(bytes[...], at: 0)
    } catch {}
  }

  /// Removes the file, for whoever comes next to find none; after it every further call fails.
  ///
  /// It is gone for good when `Journal.syncFolders` has returned.
  package mutating func remove() throws(JournalError) {
    try checkOpen()
    isOver = true
    try check("remove", file.path) { unlink(file.path) }
  }
}
