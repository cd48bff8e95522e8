import Synchronization

/// The folders of applications whose names this process has brought to the disk: folders are never
/// removed, so once is enough for its life, and a new application costs one sync of a folder, not
/// three.
final class SyncedFolders: Sendable {
  private let paths = Mutex<Set<String>>([])

  /// Returns when the name of `folder`, and that of the folder it stands in, are on disk.
  func sync(_ folder: String) throws(JournalError) {
    guard !paths.withLock({ $0.contains(folder) }) else { return }
    for place in ["/..", "/../.."] { try File.syncFolder(folder + place) }
    paths.withLock { _ = $0.insert(folder) }
  }
}
