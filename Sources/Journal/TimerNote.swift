import Glibc

/// What the latest run of `gatilhoctl retry` noted: `<state>/retry.json`, replaced as a whole and never
/// synced.
package struct TimerNote: Sendable {
  private let path: String

  /// The note in a state folder.
  package init(state: String) {
    path = state + "/retry.json"
  }

  /// Its bytes; nil where there are none, or nobody can read them.
  package var bytes: [UInt8]? {
    do {
      return try File(path, O_RDONLY).contents()
    } catch {
      return nil
    }
  }

  /// Takes the place of the earlier one.
  package func replace(with bytes: [UInt8]) throws(JournalError) {
    try File.replace(path, with: bytes)
  }
}
