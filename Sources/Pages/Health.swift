import Configuration
import FastCGI
import Glibc
import Gupy
import JSON
import Journal

/// Whether a webhook could be handled now: the configuration loads, and the state folder takes a new
/// file. It leaves nothing there and asks no provider, so that it may be asked every second.
package enum Health {
  case healthy
  case badConfiguration(DocumentError)
  case badState(JournalError)
}

extension Health {
  /// Looks at the configuration that the request names, and at its state folder.
  init(_ configurations: Configurations, _ file: String?) {
    do throws(DocumentError) {
      self = Health(try configurations.site(file).journal)
    } catch {
      self = .badConfiguration(error)
    }
  }

  /// Looks at a state folder.
  init(_ journal: Journal) {
    do throws(JournalError) {
      if let full = try journal.room().first(where: \.isFull) {
        throw .failed(call: "statvfs", path: full.folder, errno: ENOSPC)
      }
      try journal.checkFitness()
      self = .healthy
    } catch {
      self = .badState(error)
    }
  }

  /// What the log says; nil when all is well.
  var error: String? {
    switch self {
    case .healthy: nil
    case .badConfiguration(let error): error.description
    case .badState(let error): error.description
    }
  }

  /// Whether there is no room for another file.
  var lacksRoom: Bool {
    switch self {
    case .badState(let error): error.isLackOfRoom
    case .healthy, .badConfiguration: false
    }
  }

  /// 200, or 503 with what to do about it, and nothing of this machine's paths.
  private var response: Response {
    switch self {
    case .healthy:
      Response(.ok, type: "application/json", body: ["status": "healthy"].json)
    case .badConfiguration:
      Response(.serviceUnavailable, problem: Configurations.brokenWords)
    case .badState:
      Response(
        .serviceUnavailable,
        problem: "The state folder cannot be written: the handler's log says why.")
    }
  }

  /// Answers GET and HEAD.
  ///
  /// - Parameter complain: told what an operator has to mend.
  package static func respond(
    to request: Request, _ configurations: Configurations, complain: (String) -> Void
  ) -> Response {
    request.answerToLook {
      let health = Health(configurations, request.parameters["GATILHO_CONFIG"])
      if let error = health.error { complain(error) }
      return health.response
    }
  }
}
