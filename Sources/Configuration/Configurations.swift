import Glibc
import Gupy
import JSON
import Journal
import Messaging
import Synchronization

/// The configuration files that this process serves, each read once and again when it, or a file
/// that it names, changes.
package final class Configurations {
  private let defaultFile: String
  private let environment: [String: String]
  private var sites: [String: Site] = [:]

  /// What a sender is told where the configuration cannot be read.
  package static let brokenWords =
    "The configuration has an error, which the handler's log names; gatilhoctl check shows it too."

  /// Where the configuration stands when nothing else is said.
  package static let standardFile = "/etc/gatilho/gatilho.json"

  /// The file that the environment's `GATILHO_CONFIG` names, else the standard one.
  package static func defaultFile(environment: [String: String]) -> String {
    environment["GATILHO_CONFIG"].flatMap { $0.isEmpty ? nil : $0 } ?? standardFile
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
    if let site = try known(file) { return site }
    let place = try place(of: file)
    if let site = try known(place) { return site }
    let gone = sites.filter { !$0.value.isCurrent }
    sites = sites.filter { $0.value.isCurrent }
    let site = try Site(file: place, environment: environment)
    try checkState(site)
    try site.takeState(renamed: gone.keys.filter { access($0, F_OK) != 0 })
    sites[place] = site
    return site
  }

  /// What was read of a file, if it has not changed.
  private func known(_ file: String) throws(DocumentError) -> Site? {
    guard let site = sites[file], site.isCurrent else { return nil }
    try site.takeState()
    return site
  }

  /// A file in the one spelling by which it is known here: the default one, or one in its folder.
  private func place(of file: String) throws(DocumentError) -> String {
    guard file.hasPrefix("/") else {
      throw DocumentError(file: file, path: "", "must be an absolute path")
    }
    guard file != defaultFile else { return file }
    let (parts, own) = (Self.parts(of: file), Self.parts(of: defaultFile))
    guard parts.starts(with: own.dropLast()), parts.count >= own.count, !parts.contains("..") else {
      let folder = own.dropLast().map { $0 + "/" }.joined()
      throw DocumentError(
        file: file, path: "", "must lie in /\(folder), where the default file is")
    }
    return parts == own ? defaultFile : "/" + parts.joined(separator: "/")
  }

  /// The names of a path; two slashes or `/./` are one slash.
  private static func parts(of path: String) -> [Substring] {
    path.split(separator: "/").filter { $0 != "." }
  }

  /// Two customers in one journal would take each other's duplicates; two names of one file are no two
  /// customers.
  private func checkState(_ site: Site) throws(DocumentError) {
    for other in sites.values where other.state == site.state && !other.isSameFile(as: site) {
      throw DocumentError(
        file: site.file, path: "state", "\(other.file) has the same folder: each needs its own")
    }
  }
}

/// One configuration file as it was read, and the journal that it names.
package final class Site: Sendable {
  /// The text that stands where a person has still to write something: `gatilhoctl init` writes it.
  package static let placeholder = "CHANGE-ME"

  /// Where the configuration stands.
  package let file: String
  /// What it says.
  package let configuration: Configuration
  /// The journal in its state folder.
  package let journal: Journal
  private let files: [FileIdentity]
  /// The claim on the state folder, since a worker of this file saw that it is this file's.
  private let claim = Mutex<FileIdentity?>(nil)
  /// The identity of the state folder, whatever its path.
  fileprivate let state: FileIdentity

  /// Reads the file.
  package init(file: String, environment: [String: String]) throws(DocumentError) {
    self.file = file
    let before = FileIdentity(file)
    configuration = try Configuration(file: file, environment: environment)
    files = [before] + configuration.files
    journal = Journal(state: configuration.state)
    state = FileIdentity(folder: configuration.state)
  }

  /// Makes the state folder this file's, unless it is another's, whose workers are told by a note. Where
  /// the disk takes nothing, it is tried again with the next request.
  ///
  /// - Parameter renamed: files that this process served, and that are gone: their folders are free.
  fileprivate func takeState(renamed: [String] = []) throws(DocumentError) {
    guard claim.withLock({ $0 }) != FileIdentity(journal.claim.path),
      try journal.isTaken(for: file, from: renamed)
    else { return }
    claim.withLock { $0 = FileIdentity(journal.claim.path) }
  }

  fileprivate var isCurrent: Bool { files.allSatisfy { FileIdentity($0.path) == $0 } }

  fileprivate func isSameFile(as other: Site) -> Bool { files[0].isSameFile(as: other.files[0]) }
}
