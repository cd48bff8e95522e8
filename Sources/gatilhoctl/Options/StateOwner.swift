import ArgumentParser
import Glibc
import Handler

/// The user that the state folder belongs to.
enum StateOwner {
  /// Run as root, goes on as the owner of the folder: what root made there, a worker could not
  /// write to.
  static func become(of state: String) throws {
    var info = stat()
    guard geteuid() == 0, stat(state, &info) == 0, info.st_uid != 0 else { return }
    let name = getpwuid(info.st_uid).map { String(cString: $0.pointee.pw_name) }
    guard name.map({ initgroups($0, info.st_gid) }) ?? setgroups(0, nil) == 0,
      setgid(info.st_gid) == 0, setuid(info.st_uid) == 0
    else {
      StandardError.print("cannot become user \(info.st_uid), who owns \(state)")
      throw ExitCode(EX_NOPERM)
    }
  }
}
