import Glibc

/// Whether the state folder is fit for webhooks.
extension Journal {
  /// Throws what the system says when a webhook could not be kept: no file can be made, or what every
  /// webhook needs cannot be entered or locked.
  package func checkFitness() throws(JournalError) {
    try checkWriting()
    for folder in ["applications", "quarantine"] { try checkAccess(to: folder) }
    for file in ["lock", "provider.lock"] { try checkFile(file) }
  }

  /// Throws what the system says of the first folder inside in which this process may not read, write
  /// and list; one that is not made yet is none.
  package func checkFolders() throws(JournalError) {
    try checkFitness()
    let applications = try folders().map { "applications/\($0)" }
    for folder in ["days"] + applications { try checkAccess(to: folder) }
  }

  /// Makes a file with a byte, of which nothing is left: there may be no room, a quota may be used up,
  /// the disk may be read-only or the folder another user's.
  ///
  /// By a file without a name (`O_TMPFILE`, open(2)); where there is none of these, by access(2) alone.
  private func checkWriting() throws(JournalError) {
    try check("access", state) { access(state, W_OK | X_OK) }
    do {
      try File("\(state)/.", O_WRONLY | File.unnamed).write([0], at: 0)
    } catch .failed("open", _, EOPNOTSUPP) {
    } catch .failed("open", _, EISDIR) {
    } catch .failed("open", _, EINVAL) {
    }
  }

  private func checkAccess(to folder: String) throws(JournalError) {
    let path = "\(state)/\(folder)"
    // What is no folder has no dot inside.
    try check("enter", path) {
      access("\(path)/.", R_OK | W_OK | X_OK) == 0 || errno == ENOENT ? 0 : -1
    }
  }

  private func checkFile(_ name: String) throws(JournalError) {
    do {
      _ = try File("\(state)/\(name)", O_RDWR)
    } catch .failed("open", _, ENOENT) {}
  }
}

extension File {
  /// `O_TMPFILE`, which Swift does not see.
  fileprivate static let unnamed = 0o20_000_000 | O_DIRECTORY
}
