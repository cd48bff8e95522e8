import Glibc

/// The file system that a folder lies on, and whether it keeps what the journal rests upon: locks that
/// every process sees, and syncs that reach a disk.
package struct FileSystem: Equatable, Sendable {
  /// As the kernel calls it: `ext4`, `nfs4`, `fuse.glusterfs`.
  package let type: String
  /// Why what is synced there may be lost, or locks may not exclude; nil where neither is known.
  package let doubt: String?

  /// The file system of a folder that exists; nil when the kernel does not say.
  package init?(of folder: String) throws(JournalError) {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard realpath(folder, &buffer) != nil else {
      throw .failed(call: "realpath", path: folder, errno: errno)
    }
    let path = String(
      decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let mounts = try File("/proc/self/mountinfo", O_RDONLY).stream()
    self.init(of: path, mounts: String(decoding: mounts, as: UTF8.self))
  }

  /// The file system of a path without symbolic links, from proc_pid_mountinfo(5)'s lines; of mounts
  /// on one place the last counts.
  package init?(of path: String, mounts: String) {
    let mount = mounts.split(separator: "\n").compactMap(Mount.init).filter { $0.holds(path) }
      .reduce(nil as Mount?) { best, next in
        next.point.utf8.count >= best?.point.utf8.count ?? 0 ? next : best
      }
    guard let mount else { return nil }
    type = mount.type
    doubt = mount.doubt
  }
}

/// A line of the kernel's list.
private struct Mount {
  package let point: String
  package let type: String
  private let options: [Substring]

  package init?(_ line: Substring) {
    let halves = line.split(separator: " - ", maxSplits: 1).map { $0.split(separator: " ") }
    guard halves.count == 2, halves[0].count >= 6, let type = halves[1].first else { return nil }
    point = String(halves[0][4]).replacing("\\040", with: " ")
    self.type = String(type)
    options = (halves[0][5] + "," + (halves[1].last ?? "")).split(separator: ",")
  }

  package func holds(_ path: String) -> Bool {
    point == "/" || path == point || path.hasPrefix(point + "/")
  }

  package var doubt: String? {
    switch type {
    case "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "ceph":
      let isBare = options.contains { ["nobarrier", "barrier=0"].contains($0) }
      return isBare ? "mounted without barriers: a power loss may take what was synced" : nil
    case "tmpfs", "ramfs": return "it is memory: a restart takes all events"
    case "overlay", "aufs": return "it is a container's own layer, and goes with the container"
    case "nfs", "nfs4": return networkDoubt
    case "fuse.glusterfs": return "a lock may be lost when a brick fails over"
    case "cifs", "smb3", "smbfs": return "its locks and caches are not coherent between hosts"
    default: return "it is not known to keep locks and syncs"
    }
  }

  private var networkDoubt: String {
    if options.contains(where: { ["local_lock=all", "local_lock=posix", "nolock"].contains($0) }) {
      return "its locks stay on this host"
    }
    guard options.contains(where: { $0.hasPrefix("vers=4") }) else {
      return "NFS before version 4 does not keep locks over a restart"
    }
    return "a sync is worth what the server's export says: it must be sync, never async"
  }
}
