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
      name.hasSuffix(".jsonl") ? Int64(application: name.utf8.dropLast(6)) : nil
    }
  }
}

extension Int64 {
  /// Reads an application's number as gatilho writes it: digits without leading zeros, 0…2^63−1; nil
  /// for any other bytes.
  init?(application digits: some Collection<UInt8>) {
    let zero = UInt8(ascii: "0")
    guard 1...19 ~= digits.count, digits.allSatisfy({ $0 &- zero < 10 }),
      digits.count == 1 || digits.first != zero
    else { return nil }
    // 2^63 has nineteen digits, and 2^64 has room for all numbers of as many.
    self.init(exactly: digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - zero) })
  }
}
