import Glibc
import JSON

/// Which configuration's workers use a state folder: `<state>/configuration.json`, written once by the
/// first of them. Two configurations in one journal would take each other's events for duplicates,
/// and send them by the wrong rules or not at all.
package struct Claim: Sendable {
  private let state: String

  /// The file's name.
  static let name = "configuration.json"

  init(state: String) {
    self.state = state
  }

  /// Where it stands.
  package var path: String { "\(state)/\(Self.name)" }

  /// The path of the configuration; nil where no worker has begun, and where nobody can read which did.
  package func holder() throws(JournalError) -> String? {
    guard let bytes = try File.contents(ofAny: path),
      case .string(let file) = [String: JSONValue](json: bytes[...])?["file"]
    else { return nil }
    return file
  }

  /// Returns the holder when it is on disk: `file`, unless there was one before. Of several that come
  /// at once one is the first.
  package func take(for file: String) throws(JournalError) -> String {
    if let holder = try holder() { return holder }
    try publish(file) { draft in link(draft, path) == 0 || errno == EEXIST ? 0 : -1 }
    if let holder = try holder() { return holder }
    try adopt(file)
    return file
  }

  /// Returns when it is on disk that `file` is the holder, whoever was.
  package func adopt(_ file: String) throws(JournalError) {
    try publish(file) { draft in rename(draft, path) }
  }

  /// Puts what is written and synced under another name into its place.
  private func publish(_ file: String, _ move: (_ draft: String) -> Int32) throws(JournalError) {
    let text = ["file": file].json + [UInt8(ascii: "\n")]
    try File.publish(text, at: path, isSynced: true, move)
    try File.syncFolder(state)
  }
}
