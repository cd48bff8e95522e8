import Glibc

/// What a file system has left for the user of this process.
package struct FreeRoom: Equatable, Sendable {
  /// The folder that lies on it.
  package let folder: String
  /// Nil where the file system does not count them: a tmpfs without a limit.
  package let bytes: UInt64?
  /// How many files can be made; nil where the file system does not count them: btrfs, some NFS.
  package let inodes: UInt64?

  /// - Parameters:
  ///   - bytes: nil where they are not counted.
  ///   - inodes: likewise.
  package init(folder: String, bytes: UInt64?, inodes: UInt64?) {
    (self.folder, self.bytes, self.inodes) = (folder, bytes, inodes)
  }

  /// Of the file system that a folder lies on, as statvfs(3) has it.
  init(of folder: String) throws(JournalError) {
    var disk = statvfs()
    try check("statvfs", folder) { statvfs(folder, &disk) }
    self.init(
      folder: folder,
      bytes: disk.f_blocks == 0 ? nil : UInt64(disk.f_bavail) &* UInt64(disk.f_frsize),
      inodes: disk.f_files == 0 ? nil : UInt64(disk.f_favail))
  }

  /// What the first event of an application may take: a file, and folders for it and for the day. Less
  /// is nothing.
  private static let leastBytes: UInt64 = 16_384
  private static let leastInodes: UInt64 = 4
  /// A gibibyte, and some days' applications.
  private static let fewBytes: UInt64 = 1 << 30
  private static let fewInodes: UInt64 = 10_000

  /// Whether a new application may find no room.
  package var isFull: Bool { isUnder(Self.leastBytes, Self.leastInodes) }
  /// Whether it will be full soon.
  package var isNearlyFull: Bool { isUnder(Self.fewBytes, Self.fewInodes) }

  private func isUnder(_ bytes: UInt64, _ inodes: UInt64) -> Bool {
    self.bytes.map { $0 < bytes } == true || self.inodes.map { $0 < inodes } == true
  }
}

extension Journal {
  /// What the file systems have left on which the state folder and the folders in it lie, each once.
  /// Workers write nowhere else, and nginx hands a body on without writing it.
  package func room() throws(JournalError) -> [FreeRoom] {
    var rooms: [FreeRoom] = []
    var known: Set<UInt> = []
    for folder in ["", "/applications", "/days", "/quarantine"] {
      var info = stat()
      guard stat(state + folder, &info) == 0 || folder.isEmpty,
        known.insert(UInt(info.st_dev)).inserted
      else { continue }
      rooms.append(try FreeRoom(of: state + folder))
    }
    return rooms
  }
}

extension JournalError {
  /// Whether there was no room: on the disk, or in a quota.
  package var isLackOfRoom: Bool {
    switch self {
    case .failed(_, _, ENOSPC), .failed(_, _, EDQUOT): true
    case .failed, .busy, .full: false
    }
  }
}
