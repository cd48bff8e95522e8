import Glibc

/// Why the journal could not do what was asked. Nothing was promised when it is thrown.
package enum JournalError: Error, Equatable, Sendable {
  /// Another process held the application's lock for the whole wait.
  case busy(application: Int64)
  /// A system call failed, or wrote less than it was given.
  case failed(call: String, path: String, errno: Int32)
  /// The quarantine has no room for another body.
  case full(folder: String)
}

extension JournalError: CustomStringConvertible {
  /// One sentence for the operator: the call, the path and the system's words. No personal data:
  /// a path holds nothing but numbers.
  package var description: String {
    switch self {
    case .busy(let application):
      "application \(application) is being handled by another process"
    case .full(let folder):
      "\(folder) is full: look at what stands there, mend its sender, then remove the files"
    case .failed(let call, let path, let errno):
      "\(call) \(path): \(String(cString: strerror(errno)))"
    }
  }
}
