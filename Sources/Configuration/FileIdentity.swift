import Glibc

/// Which file stands at a path, and in which version: taken before the file is read, so that a change
/// in between is seen.
struct FileIdentity: Equatable, Sendable {
  let path: String
  private let device: UInt
  private let inode: UInt
  private var size = 0
  private var times: SIMD4<Int> = .zero

  /// What stands at the path now, if anything.
  init(_ path: String) {
    let info = Self.info(path)
    self.path = path
    device = info.st_dev
    inode = info.st_ino
    size = info.st_size
    times = SIMD4(
      info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_ctim.tv_sec, info.st_ctim.tv_nsec)
  }

  /// Which folder it is, without its version and its path.
  init(folder: String) {
    let info = Self.info(folder)
    path = ""
    device = info.st_dev
    inode = info.st_ino
  }

  /// Whether both are one file, whatever its names.
  func isSameFile(as other: FileIdentity) -> Bool {
    device == other.device && inode == other.inode
  }

  /// All zero when there is no such file.
  private static func info(_ path: String) -> stat {
    var info = stat()
    return stat(path, &info) == 0 ? info : stat()
  }
}
