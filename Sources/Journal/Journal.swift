import Glibc

/// The folder of flat files that keeps every event: one file of JSON Lines an application.
///
/// A file only grows, at its end, and is never renamed. Two things are done to it on purpose, under
/// its application's lock: `Story.erase` blanks in place, and `Story.remove` removes it as a whole.
/// Whoever waits for the lock opens the file after it, so nobody writes to one that is gone; a new
/// one is empty, so that its writer syncs the folders before its first byte. Applications' folders
/// are never removed.
package struct Journal: Sendable {
  /// The state folder.
  package let state: String
  /// What people have to be told of what workers and timers noticed.
  package let notes: Notes
  let synced = SyncedFolders()

  /// A journal in a state folder that exists. The folders inside are made when they are needed.
  package init(state: String) {
    self.state = state
    notes = Notes(folder: state + "/notes")
  }

  /// Takes the application's lock, and opens its file.
  ///
  /// - Parameters:
  ///   - application: the application's number, 0…2^63−1.
  ///   - wait: how long to wait for the lock at the most.
  ///   - isOneOfMany: whether this process serves other applications too, and so does not wait while
  ///     another one waits here.
  package func open(
    _ application: Int64, wait: Duration, isOneOfMany: Bool = false
  ) throws(JournalError) -> Story {
    let lock = try ApplicationLock(
      application, path: state + "/lock", wait: wait,
      queue: isOneOfMany ? state + "/waiting" : nil)
    let folder = folder(of: application)
    let file = try File.make(
      path(of: application), in: [state + "/applications", folder], O_RDWR)
    return try Story(file, of: self, folder: folder, lock: lock)
  }

  /// As `open`, but makes no file: nil where the application has none.
  package func openExisting(
    _ application: Int64, wait: Duration
  ) throws(JournalError) -> Story? {
    let lock = try ApplicationLock(application, path: state + "/lock", wait: wait)
    do {
      let file = try File(path(of: application), O_RDWR)
      return try Story(file, of: self, folder: folder(of: application), lock: lock)
    } catch .failed("open", _, ENOENT) {
      return nil
    }
  }

  /// What an application's file says at this moment, without its lock: for looking only.
  ///
  /// - Parameter tell: told each line that can be read, in the file's order, and the place of its event
  ///   among the history's.
  /// - Returns: an empty history where there is no file.
  package func history(
    of application: Int64, tell: (Line, _ place: Int) -> Void = { _, _ in }
  ) throws(JournalError) -> History {
    guard let bytes = try File.contents(ofAny: path(of: application)) else { return .empty }
    return History(bytes, tell: tell)
  }

  /// How long it takes until bytes are on the disk, tried on a file of its own.
  package func measureSync() throws(JournalError) -> Duration {
    let start = ContinuousClock.now
    let path = "\(state)/\(Layout.syncTrial).\(UInt64.random(in: .min ... .max))"
    defer { unlink(path) }
    let file = try File(path, O_WRONLY | O_CREAT | O_EXCL)
    try file.write([UInt8](repeating: 0, count: 1_000)[...], at: 0)
    try file.syncData()
    return ContinuousClock.now - start
  }

  /// When an application's file was last written, in milliseconds since 1970; nil without a file.
  package func changedAt(_ application: Int64) throws(JournalError) -> Int64? {
    var info = stat()
    let path = path(of: application)
    let isThere = try check("stat", path) { stat(path, &info) == 0 ? 1 : errno == ENOENT ? 0 : -1 }
    return isThere == 0 ? nil : info.st_mtim.milliseconds
  }

  /// Returns when what anybody wrote of an application, and did not live to sync, is on disk.
  package func sync(_ application: Int64) throws(JournalError) {
    do {
      try File(path(of: application), O_RDONLY).syncData()
    } catch .failed("open", _, ENOENT) {}
  }

  /// Returns when it is on disk that these applications' files are gone.
  package func syncFolders(of applications: [Int64]) throws(JournalError) {
    for folder in Set(applications.map(folder(of:))) { try File.syncFolder(folder) }
  }

  /// How the provider fared lately.
  package var breaker: CircuitBreaker { CircuitBreaker(state: state) }

  /// What processes are doing now.
  package var working: Working { Working(folder: state + "/working") }

  /// How far this host's clock is ahead of nginx's.
  package var clock: ClockOffset { ClockOffset(folder: state + "/clocks") }

  /// Which configuration's workers use the folder.
  package var claim: Claim { Claim(state: state) }

  /// Where JSON that is no event is kept.
  package var quarantine: Quarantine { Quarantine(folder: state + "/quarantine") }

  /// Where the application's file stands, or will stand.
  package func path(of application: Int64) -> String {
    "\(folder(of: application))/\(application).jsonl"
  }

  private func folder(of application: Int64) -> String {
    "\(state)/applications/\(Self.thousandth(application))"
  }

  /// The name of an application's folder: the last three digits of its number.
  static func thousandth(_ application: Int64) -> String {
    let digits = String(application % 1000)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }
}
