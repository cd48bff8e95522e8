import ArgumentParser
import Configuration
import FoundationEssentials
import Glibc
import JSON

struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: .init(
      "The configuration file.",
      discussion: "Without it: the environment's GATILHO_CONFIG, else /etc/gatilho/gatilho.json.",
      valueName: "file"))
  var config = Configurations.defaultFile(environment: ProcessInfo.processInfo.environment)

  /// The configuration and its journal; from then on this process is the state folder's owner.
  ///
  /// - Throws: with exit status 78 (`EX_CONFIG`), and the error on standard error.
  func site() throws -> Site {
    let site = try KnownFailure.exits {
      try Site(file: config, environment: ProcessInfo.processInfo.environment)
    }
    try becomeOwner(of: site.configuration.state)
    return site
  }

  /// As `site`, for what goes by the rules of the configuration: a copy's are not the workers'.
  ///
  /// - Throws: exit status 78 also when the state folder's workers read another file.
  func workersSite() throws -> Site {
    let site = try site()
    guard let holder = site.journal.otherHolder(than: config) else { return site }
    throw ExitCode(
      EX_CONFIG,
      "\(config): workers of \(site.configuration.state) read \(holder): give that by --config, or"
        + " after a move or rename: gatilhoctl state adopt --config \(config)")
  }
}

/// Run as root, goes on as the owner of the state folder: what root made there, a worker could not
/// write to.
func becomeOwner(of state: String) throws {
  var info = stat()
  guard geteuid() == 0, stat(state, &info) == 0, info.st_uid != 0 else { return }
  let name = getpwuid(info.st_uid).map { String(cString: $0.pointee.pw_name) }
  guard name.map({ initgroups($0, info.st_gid) }) ?? setgroups(0, nil) == 0,
    setgid(info.st_gid) == 0, setuid(info.st_uid) == 0
  else {
    throw ExitCode(EX_NOPERM, "cannot become user \(info.st_uid), who owns \(state)")
  }
}

/// The option of every command that comes to the public address as Gupy does.
struct AuthoritiesOption: ParsableArguments {
  @Option(
    help: .init(
      "A PEM file of authorities that replaces the system's, for the public address.",
      valueName: "file"))
  var caFile: String?
}
