import Glibc

/// One application's lock: a byte of the lock file at the offset of the application's number.
///
/// The lock belongs to the open file description (`F_OFD_SETLK`, fcntl(2)): it ends with this
/// value or with the process, however that dies. NFSv4 carries it to the server.
struct ApplicationLock: ~Copyable {
  private let file: File

  /// Takes the lock, waiting at most `wait` for it, polling after 2 to 50 ms with jitter.
  ///
  /// - Parameter queue: a file in which who waits locks the same byte, so that one waits at a time and
  ///   the others are told at once that the application is busy: however many deliveries of one
  ///   application come, they take two workers. Nil for who waits whoever else does.
  init(
    _ application: Int64, path: String, wait: Duration, queue: String? = nil
  ) throws(JournalError) {
    if let file = try Self.take(application, path) {
      self.file = file
      return
    }
    let place = try queue.map { path throws(JournalError) in
      let place = try File(path, O_RDWR | O_CREAT)
      guard try place.lockByte(application) else { throw .busy(application: application) }
      return place
    }
    file = try withExtendedLifetime(place) { () throws(JournalError) in
      try Self.await(application, path, wait)
    }
  }

  private static func `await`(
    _ application: Int64, _ path: String, _ wait: Duration
  ) throws(JournalError) -> File {
    let end = ContinuousClock.now + wait
    var pause = 2_000
    while ContinuousClock.now < end {
      usleep(UInt32(Int.random(in: pause / 2...pause)))
      pause = min(pause * 2, 50_000)
      if let file = try take(application, path) { return file }
    }
    throw .busy(application: application)
  }

  private static func take(_ application: Int64, _ path: String) throws(JournalError) -> File? {
    let file = try File(path, O_RDWR | O_CREAT)
    guard try file.lockByte(application), try file.isStill(at: path) else { return nil }
    return file
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
