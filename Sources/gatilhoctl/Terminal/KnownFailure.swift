import ArgumentParser
import Glibc
import GupyAPI
import Handler
import JSON
import Journal

/// How a command ends whose state folder, configuration or API of Gupy fails.
enum KnownFailure {
  /// Says what could not be read.
  static func tell(_ unreadable: [JournalError]) {
    for error in unreadable { StandardError.print("\(error)") }
  }

  /// Says what could not be read while the rest was done.
  ///
  /// - Throws: exit status 75 if there is any.
  static func exits(after unreadable: [JournalError]) throws {
    tell(unreadable)
    guard unreadable.isEmpty else { throw ExitCode(EX_TEMPFAIL) }
  }

  /// Does the work; what is done before the disk fails stays done.
  ///
  /// - Throws: exit status 75 when the disk fails, 78 for a configuration or a profile that is not
  ///   right, what fits for Gupy's refusals; with what failed on standard error.
  static func exits<Result>(_ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch let error as JournalError {
      throw ExitCode(EX_TEMPFAIL, "\(error): \(error.remedy), and run it again")
    } catch let error as DocumentError {
      throw ExitCode(EX_CONFIG, error.description)
    } catch let error as GupyAPIError {
      throw ExitCode(error.exitStatus, error.description.harmless)
    } catch let error as RegistrationPlan.AdoptionError {
      throw ExitCode(EX_DATAERR, error.description)
    }
  }
}

extension JournalError {
  /// What a person does about it.
  var remedy: String {
    switch self {
    case .busy: "wait"
    case .full: "make room"
    case .failed where isLackOfRoom:
      "make room (df -h and df -i, quotas): without it Gupy is answered 503"
    case .failed(_, _, EROFS): "mount it writable: the kernel's log says why it is not"
    case .failed(_, _, EACCES), .failed(_, _, EPERM): "give it to the user that runs gatilho"
    case .failed(_, _, ENOTDIR), .failed(_, _, EISDIR), .failed(_, _, ELOOP), .failed(_, _, ENXIO):
      "take away what stands in its place"
    case .failed: "see to the disk: the kernel's log says more"
    }
  }
}

extension GupyAPIError {
  /// From sysexits.h.
  fileprivate var exitStatus: Int32 {
    switch self {
    case .unauthorized, .forbidden: EX_NOPERM
    case .busy, .failing, .unreachable: EX_TEMPFAIL
    case .conflict, .refused, .notFound: EX_DATAERR
    case .unreadable: EX_UNAVAILABLE
    }
  }
}

extension ExitCode {
  /// A status, and why on standard error.
  init(_ status: Int32, _ why: String) {
    StandardError.print(why)
    self.init(status)
  }
}
