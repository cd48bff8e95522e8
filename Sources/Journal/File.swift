import Glibc
import JSON

/// One open descriptor and the path that errors name. Each system call is repeated on `EINTR`.
package struct File: ~Copyable {
  package let descriptor: Int32
  package let path: String

  /// Opens, closed on `exec`. A folder may be a symbolic link, as a mount may be; a file may not. It never
  /// waits: a pipe in the place of a file is refused.
  package init(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(JournalError) {
    let links = flags & O_DIRECTORY == 0 ? O_NOFOLLOW : 0
    let descriptor = try check("open", path) {
      open(path, flags | O_CLOEXEC | O_NONBLOCK | links, mode)
    }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT != S_IFIFO else {
      close(descriptor)
      throw .failed(call: "open", path: path, errno: ENXIO)
    }
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// The file's length in bytes.
  package func size() throws(JournalError) -> Int {
    Int(try identity().st_size)
  }

  /// What `fstat(2)` says of the descriptor.
  package func identity() throws(JournalError) -> stat {
    var answer = stat()
    try check("fstat", path) { fstat(descriptor, &answer) }
    return answer
  }

  /// All bytes from the start to the end.
  package func contents() throws(JournalError) -> [UInt8] {
    try contents(of: 0..<size())
  }

  /// All bytes of a file of the kernel's, which has no length.
  package func stream() throws(JournalError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let part = try contents(of: bytes.count..<bytes.count + 65_536)
      if part.isEmpty { return bytes }
      bytes += part
    }
  }

  /// The bytes of a range; fewer where the file ends within it.
  package func contents(of range: Range<Int>) throws(JournalError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var length = 0
    while length < bytes.count {
      let count = try check("read", path) {
        bytes.withUnsafeMutableBytes { buffer in
          pread(
            descriptor, buffer.baseAddress.map { $0 + length }, buffer.count - length,
            off_t(range.lowerBound + length))
        }
      }
      if count == 0 { break }
      length += count
    }
    bytes.removeSubrange(length...)
    return bytes
  }

  /// Writes all of `bytes` at `offset` by one call; writing less is a failure (`ENOSPC`).
  package func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(JournalError) {
    let count = try check("write", path) {
      bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
    }
    guard count == bytes.count else {
      throw .failed(call: "write", path: path, errno: ENOSPC)
    }
  }

  /// Writes all of `bytes` by one call at the end of a file that was opened with `O_APPEND`.
  package func append(_ bytes: [UInt8]) throws(JournalError) {
    let count = try check("write", path) { Glibc.write(descriptor, bytes, bytes.count) }
    guard count == bytes.count else {
      throw .failed(call: "write", path: path, errno: ENOSPC)
    }
  }

  /// Cuts the file back to `length` bytes.
  package func truncate(to length: Int) throws(JournalError) {
    try check("truncate", path) { ftruncate(descriptor, off_t(length)) }
  }

  /// Returns when the file's bytes, and what is needed to find them, are on disk.
  package func syncData() throws(JournalError) {
    try check("sync", path) { fdatasync(descriptor) }
  }

  /// Returns when the file or folder itself is on disk.
  package func sync() throws(JournalError) {
    try check("sync", path) { fsync(descriptor) }
  }
}

extension File {
  /// Returns when the folder's list of names is on disk.
  package static func syncFolder(_ path: String) throws(JournalError) {
    try File(path, O_RDONLY | O_DIRECTORY).sync()
  }

  /// All bytes of a file; nil where there is none.
  static func contents(ofAny path: String) throws(JournalError) -> [UInt8]? {
    do {
      return try File(path, O_RDONLY).contents()
    } catch .failed("open", _, ENOENT) {
      return nil
    }
  }

  /// What a small file of JSON says; nil where there is none, and where nobody can read it.
  package static func value<Value: JSONReadable>(
    at path: String, as type: Value.Type = Value.self
  ) -> Value? {
    do throws(JournalError) {
      return try Value(json: File(path, O_RDONLY).contents()[...])
    } catch {
      return nil
    }
  }

  /// Writes a file under another name and gives it its own, so that a reader finds all of it or none.
  ///
  /// - Parameter move: gives it its name, or another.
  static func publish(
    _ bytes: [UInt8], at path: String, isSynced: Bool, _ move: (_ draft: String) -> Int32
  ) throws(JournalError) {
    let draft = "\(path).\(UInt64.random(in: .min ... .max))"
    defer { unlink(draft) }
    let file = try File(draft, O_RDWR | O_CREAT | O_EXCL)
    try file.write(bytes[...], at: 0)
    if isSynced { try file.sync() }
    try check("publish", path) { move(draft) }
  }

  /// Puts a file with these bytes in the place of the one that was there, unsynced.
  package static func replace(
    _ path: String, with bytes: [UInt8]
  ) throws(JournalError) {
    try publish(bytes, at: path, isSynced: false) { rename($0, path) }
  }

  /// Opens a file of which this process may be the first that needs the folders, the outermost first.
  package static func make(
    _ path: String, in folders: [String], _ flags: Int32
  ) throws(JournalError) -> File {
    do {
      return try File(path, flags | O_CREAT)
    } catch .failed("open", _, ENOENT) {
      for folder in folders { try makeFolder(folder) }
      return try File(path, flags | O_CREAT)
    }
  }

  /// Makes a folder that only its owner may enter; one that exists is left as it is.
  package static func makeFolder(_ path: String) throws(JournalError) {
    try check("mkdir", path) { mkdir(path, 0o700) == 0 || errno == EEXIST ? 0 : -1 }
  }
}

/// Repeats a call while it is interrupted, and throws what the system says when it fails.
@discardableResult
package func check<Count: SignedInteger>(
  _ call: String, _ path: String, _ body: () -> Count
) throws(JournalError) -> Count {
  while true {
    let result = body()
    if result >= 0 { return result }
    guard errno == EINTR else { throw .failed(call: call, path: path, errno: errno) }
  }
}

extension timespec {
  /// Milliseconds since 1970, to the second; what lies beyond the years 1 to 9999, which some file
  /// systems can tell, counts as their end.
  package var milliseconds: Int64 {
    min(max(Int64(tv_sec), -62_135_596_800), 253_402_300_799) * 1_000
  }
}
