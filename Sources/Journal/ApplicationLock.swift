import Glibc

/// One application's lock: a byte of the lock file at the offset of the application's number.
///
/// The lock belongs to the open file description (`F_OFD_SETLK`, fcntl(2)): it ends with this
/// value or with the process, however that dies. NFSv4 carries it to the server.
struct ApplicationLock: ~Copyable {
  private let file: File

  /// Waits at most `wait` for the lock, polling after 2 to 50 ms with jitter.
  init(_ application: Int64, path: String, wait: Duration) throws(JournalError) {
    let end = ContinuousClock.now + wait
    var pause = 2_000
    while true {
      let file = try File(path, O_RDWR | O_CREAT)
      if try file.lockByte(application), try file.isStill(at: path) {
        self.file = file
        return
      }
      guard ContinuousClock.now < end else { throw .busy(application: application) }
      usleep(UInt32(Int.random(in: pause / 2...pause)))
      pause = min(pause * 2, 50_000)
    }
  }
}

extension File {
  /// Whether the byte at `offset` is now locked by this descriptor.
  func lockByte(_ offset: Int64) throws(JournalError) -> Bool {
    var range = flock()
    range.l_type = Int16(F_WRLCK)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = off_t(offset)
    range.l_len = 1
    let result = try check("lock", path) {
      let result = fcntl(descriptor, F_OFD_SETLK, &range)
      return result < 0 && (errno == EAGAIN || errno == EACCES) ? 1 : result
    }
    return result == 0
  }

  /// Whether `path` still names this file: a lock on a file that was replaced excludes nobody.
  fileprivate func isStill(at path: String) throws(JournalError) -> Bool {
    let mine = try identity()
    var named = stat()
    try check("stat", path) { stat(path, &named) == 0 || errno == ENOENT ? 0 : -1 }
    return mine.st_ino == named.st_ino && mine.st_dev == named.st_dev
  }
}
