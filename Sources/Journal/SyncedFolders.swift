import Glibc
import Synchronization

/// The folders of applications whose names this process has brought to the disk: folders are never
/// removed, so once is enough for its life, and a new application costs one sync of a folder, not
/// three. One that took another's place at its path is another.
final class SyncedFolders: Sendable {
  private struct Identity: Hashable {
    let device: UInt
    let inode: UInt
  }

  private let known = Mutex<Set<Identity>>([])

  /// Returns when the names in the folder are on disk, its own name, and that of the folder it stands in.
  func sync(_ path: String) throws(JournalError) {
    let folder = try File(path, O_RDONLY | O_DIRECTORY)
    try folder.sync()
    let info = try folder.identity()
    let identity = Identity(device: info.st_dev, inode: info.st_ino)
    guard !known.withLock({ $0.contains(identity) }) else { return }
    for place in ["/..", "/../.."] { try File.syncFolder(path + place) }
    known.withLock { _ = $0.insert(identity) }
  }
}
