import ArgumentParser
import Configuration
import FoundationEssentials
import Glibc
import GupyAPI
import Handler
import JSON

/// The configuration's `gupy` for the commands that talk to Gupy's API.
struct GupyOptions: ParsableArguments {
  @OptionGroup var options: ConfigurationOptions

  /// The file as it was named.
  var file: String { options.config }

  /// Does the work with the block and the API; errors go to standard error.
  ///
  /// - Throws: the exit status that an error stands for.
  func perform(
    _ work: (_ gupy: GupyBlock, _ api: GupyAPI) throws -> Void
  ) throws {
    let environment = ProcessInfo.processInfo.environment
    do {
      let gupy = try GupyBlock(file: file, environment: environment)
      let token = try gupy.token(environment: environment)
      try work(gupy, GupyAPI(baseURL: gupy.baseURL, token: token, pause: Self.wait))
    } catch let error as DocumentError {
      throw complain(error.description, EX_CONFIG)
    } catch let error as GupyAPIError {
      throw complain(error.description.harmless, error.exitStatus)
    } catch let error as RegistrationPlan.AdoptionError {
      throw complain(error.description, EX_DATAERR)
    }
  }

  /// A person at a terminal is told why nothing happens.
  private static func wait(_ pause: Duration) {
    if isatty(STDERR_FILENO) == 1 {
      StandardError.print("Gupy is asked again in \(pause.components.seconds + 1) s")
    }
    usleep(UInt32(pause / .microseconds(1)))
  }

  private func complain(_ line: String, _ status: Int32) -> ExitCode {
    StandardError.print(line)
    return ExitCode(status)
  }
}

extension GupyBlock {
  /// Both webhooks as the configuration wants them.
  func wanted() throws(DocumentError) -> [WantedRegistration] {
    WantedRegistration.all(url: try address(), secret: secrets[0], owner: try techOwner())
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
