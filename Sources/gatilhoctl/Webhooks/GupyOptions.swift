import ArgumentParser
import Configuration
import FoundationEssentials
import Glibc
import Gupy
import GupyAPI
import Handler
import JSON
import Journal

/// The configuration's `gupy` for the commands that talk to Gupy's API.
struct GupyOptions: ParsableArguments {
  @OptionGroup var options: ConfigurationOptions

  var file: String { options.config }

  /// Does the work with the block and the API; errors go to standard error.
  ///
  /// - Throws: the exit status that an error stands for.
  func perform(
    _ work: (_ gupy: GupyBlock, _ api: GupyAPI) throws -> Void
  ) throws {
    let environment = ProcessInfo.processInfo.environment
    try KnownFailure.exits {
      let gupy = try GupyBlock(file: file, environment: environment)
      let token = try gupy.token(environment: environment)
      try work(gupy, GupyAPI(baseURL: gupy.baseURL, token: token, pause: Self.wait))
    }
  }

  /// A person at a terminal is told why nothing happens.
  private static func wait(_ pause: Duration) {
    if isatty(STDERR_FILENO) == 1 {
      StandardError.print("Gupy is asked again in \(pause.components.seconds + 1) s")
    }
    usleep(UInt32(pause / .microseconds(1)))
  }
}

/// Refuses an address to which Gupy cannot post, or candidates' data may not go.
///
/// - Parameters:
///   - file: the configuration file.
///   - looksUp: whether the host is looked up.
///   - skipOption: the option that leaves it out, for an error's advice, if the command has one.
/// - Throws: the reason against it, or exit status 75 when the resolver does not answer.
func expectPublic(
  _ url: String, in file: String, looksUp: Bool, skipOption: String? = nil
) throws {
  func problem(_ text: String, _ advice: String = "") -> DocumentError {
    DocumentError(
      file: file, path: "gupy.url", text + (skipOption.map { advice + $0 } ?? ""))
  }
  let host: String
  do throws(PublicAddress.Objection) {
    host = try PublicAddress(url).host
  } catch {
    throw DocumentError(file: file, path: "gupy.url", error.description)
  }
  guard looksUp else { return }
  switch HostLookup(host) {
  case .found(let addresses) where addresses.contains(where: \.isPublic): return
  case .found(let addresses):
    let list = addresses.map(\.description).joined(separator: ", ")
    throw problem(
      "\(host) leads to \(list), where Gupy cannot come",
      "; if it leads elsewhere on the Internet, say ")
  case .isUnknown(let reason):
    throw problem(
      "\(host) is not known (\(reason)): make it", "; if the Internet knows it, say ")
  case .noAnswer(let reason):
    throw ExitCode(EX_TEMPFAIL, "\(host) cannot be looked up now (\(reason)): run it again")
  }
}

extension GupyBlock {
  /// Both webhooks as the configuration wants them.
  func wanted() throws(DocumentError) -> [WantedRegistration] {
    WantedRegistration.all(url: try address(), secret: secrets[0], owner: try techOwner())
  }
}

extension RegistrationPlan {
  /// Notes for the page and the metrics whether Gupy has switched one of our webhooks off.
  func noteInactive(in journal: Journal) {
    let inactive = steps.compactMap { step in
      if case .update(let registration, _, let differences) = step, differences.contains(.status) {
        registration.action
      } else {
        nil
      }
    }
    guard !inactive.isEmpty else { return journal.notes.clear(.inactive) }
    journal.notes.note(
      .inactive, inactive.joined(separator: ", "), now: Timestamp.now.milliseconds)
  }
}
