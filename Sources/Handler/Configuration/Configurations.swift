import Glibc
import Gupy
import Journal
import Messaging

/// The configuration files that this process serves, each read once and again when it, or a file
/// that it names, changes.
package final class Configurations {
  private let defaultFile: String
  private let environment: [String: String]
  private var sites: [String: Site] = [:]

  /// Where the configuration stands when nothing else is said.
  package static let standardFile = "/etc/gatilho/gatilho.json"

  /// The file that the environment's `GATILHO_CONFIG` names, else the standard one.
  package static func defaultFile(environment: [String: String]) -> String {
    environment["GATILHO_CONFIG"] ?? standardFile
  }

  /// - Parameter defaultFile: used when a request names none; others must lie in its folder.
  package init(defaultFile: String, environment: [String: String]) {
    self.defaultFile = defaultFile
    self.environment = environment
  }

  /// The configuration that a request is for.
  ///
  /// - Parameter file: the param `GATILHO_CONFIG`; nil or empty means the default file.
  package func site(_ file: String?) throws(DocumentError) -> Site {
    let file = file.flatMap { $0.isEmpty ? nil : $0 } ?? defaultFile
    try checkPlace(file)
    if let site = sites[file], site.isCurrent { return site }
    sites[file] = nil
    let site = try Site(file: file, environment: environment)
    try checkState(site)
    sites[file] = site
    return site
  }

  private func checkPlace(_ file: String) throws(DocumentError) {
    let folder = defaultFile.prefix(
      through: defaultFile.lastIndex(of: "/") ?? defaultFile.startIndex)
    guard file == defaultFile || file.hasPrefix(folder) && !file.contains("/../") else {
      throw DocumentError(file: file, path: "", "must lie in \(folder), where the default file is")
    }
  }

  /// Two customers in one journal would take each other's duplicates.
  private func checkState(_ site: Site) throws(DocumentError) {
    for other in sites.values where other.state == site.state {
      throw DocumentError(
        file: site.file, path: "state", "\(other.file) has the same folder: each needs its own")
    }
  }
}

/// One configuration file as it was read, and the journal that it names.
package final class Site {
  /// Where the configuration stands.
  package let file: String
  /// What it says.
  package let configuration: Configuration
  private let files: [FileIdentity]
  /// The identity of the state folder, whatever its path.
  fileprivate let state: FileIdentity
  private var journal: Journal<WebhookEvent.Details>?

  fileprivate init(file: String, environment: [String: String]) throws(DocumentError) {
    self.file = file
    let before = FileIdentity(file)
    configuration = try Configuration(file: file, environment: environment)
    files = [before] + configuration.files.map { FileIdentity($0) }
    state = FileIdentity(folder: configuration.state)
  }

  fileprivate var isCurrent: Bool { files.allSatisfy { FileIdentity($0.path) == $0 } }

  /// The journal; the first call prepares its folders.
  package func openJournal() throws(JournalError) -> Journal<WebhookEvent.Details> {
    if let journal { return journal }
    let opened = try Journal<WebhookEvent.Details>(state: configuration.state)
    journal = opened
    return opened
  }
}

/// Which file stands at a path, and in which version.
private struct FileIdentity: Equatable {
  let path: String
  private let device: UInt
  private let inode: UInt
  private var size = 0
  private var times: [Int] = []

  /// What stands at the path now, if anything.
  init(_ path: String) {
    let info = Self.info(path)
    self.path = path
    device = info.st_dev
    inode = info.st_ino
    size = info.st_size
    times = [
      info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_ctim.tv_sec, info.st_ctim.tv_nsec,
    ]
  }

  /// Which folder it is, without its version and its path.
  init(folder: String) {
    let info = Self.info(folder)
    path = ""
    device = info.st_dev
    inode = info.st_ino
  }

  /// All zero when there is no such file.
  private static func info(_ path: String) -> stat {
    var info = stat()
    return stat(path, &info) == 0 ? info : stat()
  }
}
