import Gupy
import JSON
import Journal

extension Journal {
  /// Makes the state folder this configuration's, unless it is another's; false where that could not be
  /// written and has to be tried again.
  ///
  /// - Parameter renamed: files whose folder it may have been.
  /// - Throws: when it is another's, which its workers are told too by a note.
  func isTaken(for file: String, from renamed: [String]) throws(DocumentError) -> Bool {
    do throws(JournalError) {
      if renamed.contains(try claim.take(for: file)) { try claim.adopt(file) }
    } catch .failed("open", claim.path, let errno) {
      throw DocumentError(
        file: file, path: "state",
        JournalError.failed(call: "open", path: claim.path, errno: errno).description)
    } catch {
      return false
    }
    guard let holder = otherHolder(than: file) else { return true }
    notes.note(.sharedState, file, now: Timestamp.now.milliseconds)
    throw DocumentError(
      file: file, path: "state",
      "\(state) is the state folder of \(holder), and each configuration needs its own; if that file"
        + " was moved or renamed: gatilhoctl state adopt --config \(file)")
  }

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
