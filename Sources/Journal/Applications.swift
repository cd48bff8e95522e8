import Glibc

extension Journal {
  /// Throws what the system says of the first folder inside in which this process may not read, write
  /// and list; one that is not made yet is none.
  package func checkFolders() throws(JournalError) {
    let applications = try folders().map { "applications/\($0)" }
    for folder in ["applications", "days", "quarantine"] + applications {
      let path = "\(state)/\(folder)"
      try check("enter", path) {
        access(path, R_OK | W_OK | X_OK) == 0 || errno == ENOENT ? 0 : -1
      }
    }
  }

  /// Visits every application that has a file, in no order, beside running workers.
  ///
  /// - Parameter progress: told how many of the folders are done.
  package func forEachApplication(
    _ progress: (_ done: Int, _ of: Int) -> Void,
    _ visit: (Int64) throws(JournalError) -> Void
  ) throws(JournalError) {
    let folders = try folders()
    for (index, folder) in folders.enumerated() {
      for application in try applications(in: folder) { try visit(application) }
      progress(index + 1, folders.count)
    }
  }

  /// The names of the applications' folders.
  func folders() throws(JournalError) -> [String] {
    try File.names(in: state + "/applications")
  }

  /// The applications that have a file in a folder.
  func applications(in folder: String) throws(JournalError) -> [Int64] {
    try File.names(in: "\(state)/applications/\(folder)").compactMap { name in
      name.hasSuffix(".jsonl") ? Int64(application: name.dropLast(6)) : nil
    }
  }
}

extension Int64 {
  /// Reads an application's number, 0…2^63−1; nil for any other text.
  init?(application text: some StringProtocol) {
    guard let number = Int64(text), number >= 0 else { return nil }
    self = number
  }
}
