import ArgumentParser
import Glibc
import Handler
import Journal

/// How a command ends that cannot read or write the state folder.
enum DiskFailure {
  /// Does the work; what is done before the disk fails stays done.
  ///
  /// - Throws: exit status 75 when the disk fails, with what failed on standard error.
  static func exits<Result>(_ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch let error as JournalError {
      StandardError.print("\(error): see to the disk and its permissions, and run it again")
      throw ExitCode(EX_TEMPFAIL)
    }
  }
}
