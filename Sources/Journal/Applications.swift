import JSON

extension Journal {
  /// Visits every application that has a file, in no order, beside running workers, with what its file
  /// says at this moment.
  ///
  /// - Parameters:
  ///   - progress: told how many of the folders are done.
  ///   - complain: told which folders and files cannot be read: they are passed over.
  package func forEachHistory(
    _ progress: (_ done: Int, _ of: Int) -> Void, complain: Complaint,
    _ visit: (Int64, History) throws(JournalError) -> Void
  ) throws(JournalError) {
    let folders = complain.about([]) { () throws(JournalError) in try self.folders() }
    for (index, folder) in folders.enumerated() {
      let found = complain.about([]) { () throws(JournalError) in try applications(in: folder) }
      for application in found {
        let history = complain.about(nil) { () throws(JournalError) in
          try self.history(of: application)
        }
        if let history { try visit(application, history) }
      }
      progress(index + 1, folders.count)
    }
  }

  /// The names of the applications' folders.
  package func folders() throws(JournalError) -> [String] {
    try Listing(.applications, at: state + "/applications").names
  }

  /// The applications that have a file in a folder.
  package func applications(in folder: String) throws(JournalError) -> [Int64] {
    try Listing(.thousandth(folder), at: "\(state)/applications/\(folder)").names
      .compactMap { Int64(application: $0.utf8.dropLast(6)) }
  }
}

extension Int64 {
  /// Reads an application's number as gatilho writes it: digits without leading zeros, 0…2^63−1; nil
  /// for any other bytes.
  package init?(application digits: some Collection<UInt8>) {
    let zero = UInt8(ascii: "0")
    guard 1...19 ~= digits.count, digits.allSatisfy(\.isASCIIDigit),
      digits.count == 1 || digits.first != zero
    else { return nil }
    // 2^63 has nineteen digits, and 2^64 has room for all numbers of as many.
    self.init(exactly: digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - zero) })
  }
}
