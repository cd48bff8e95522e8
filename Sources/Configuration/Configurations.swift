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
    for other in sites.values
    where other.state.isSameFile(as: site.state)
      && !other.files[0].isSameFile(as: site.files[0])
    {
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
  /// The configuration's own first.
  fileprivate let files: [FileIdentity]
  /// The claim on the state folder, since a worker of this file saw that it is this file's.
  private let claim = Mutex<FileIdentity?>(nil)
  fileprivate let state: FileIdentity

  /// Reads the file.
  package init(file: String, environment: [String: String]) throws(DocumentError) {
    self.file = file
    let before = FileIdentity(file)
    configuration = try Configuration(file: file, environment: environment)
    files = [before] + configuration.files
    journal = Journal(state: configuration.state)
    state = FileIdentity(configuration.state)
  }

  /// Makes the state folder this file's, unless it is another's, whose workers are told by a note. Where
  /// the disk takes nothing, it is tried again with the next request.
  ///
  /// - Parameter renamed: files that this process served, and that are gone: their folders are free.
  fileprivate func takeState(renamed: [String] = []) throws(DocumentError) {
    guard claim.withLock({ $0 }) != FileIdentity(journal.claim.path) else { return }
    do throws(JournalError) {
      if renamed.contains(try journal.claim.take(for: file)) { try journal.claim.adopt(file) }
    } catch .failed("open", journal.claim.path, let errno) {
      let error = JournalError.failed(call: "open", path: journal.claim.path, errno: errno)
      throw DocumentError(file: file, path: "state", error.description)
    } catch {
      return
    }
    if let holder = journal.otherHolder(than: file) {
      journal.notes.note(.sharedState, file, now: Timestamp.now.milliseconds)
      throw DocumentError(
        file: file, path: "state",
        "\(configuration.state) is the state folder of \(holder), and each configuration needs its own;"
          + " if that file was moved or renamed: gatilhoctl state adopt --config \(file)")
    }
    claim.withLock { $0 = FileIdentity(journal.claim.path) }
  }

  fileprivate var isCurrent: Bool { files.allSatisfy { FileIdentity($0.path) == $0 } }
}

extension Journal {
  /// The configuration whose workers use the state folder, when that is another file than this; nil also
  /// where nobody can read which.
  package func otherHolder(than file: String) -> String? {
    do throws(JournalError) {
      guard let holder = try claim.holder(), holder != file else { return nil }
      return FileIdentity(holder).isSameFile(as: FileIdentity(file)) ? nil : holder
    } catch {
      return nil
    }
  }
}

/// Which file stands at a path, and in which version: taken before the file is read, so that a change
/// in between is seen.
struct FileIdentity: Equatable, Sendable {
  let path: String
  /// Who may do what with it.
  let mode: mode_t
  private let device: UInt
  private let inode: UInt
  private let size: Int
  private let times: SIMD4<Int>

  /// What stands at the path now; all zero when there is nothing.
  init(_ path: String) {
    var info = stat()
    if stat(path, &info) != 0 { info = stat() }
    self.path = path
    mode = info.st_mode
    device = info.st_dev
    inode = info.st_ino
    size = info.st_size
    times = SIMD4(
      info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_ctim.tv_sec, info.st_ctim.tv_nsec)
  }

  /// Whether both are one file, whatever its names.
  func isSameFile(as other: FileIdentity) -> Bool {
    device == other.device && inode == other.inode
  }
}
