import TestSupport
import Testing

@testable import Journal

@Suite struct FileSystemTests {
  private static let mounts = """
    22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/root rw,discard
    23 22 0:21 / /dev/shm rw,nosuid shared:4 - tmpfs tmpfs rw
    24 22 0:40 / /srv/with\\040space rw - xfs /dev/sdb rw,attr2
    25 22 0:41 / /srv/nfs rw - nfs4 10.0.0.1:/export rw,vers=4.2,hard
    26 22 0:42 / /srv/nfs3 rw - nfs 10.0.0.1:/export rw,vers=3,hard
    27 22 0:43 / /srv/alone rw - nfs4 10.0.0.1:/export rw,vers=4.2,local_lock=all
    28 22 0:44 / /srv/brick rw - fuse.glusterfs host:/volume rw
    29 22 0:45 / /srv/layer rw master:9 - overlay overlay rw,lowerdir=/a:/b
    30 22 0:46 / /srv/bare rw - ext4 /dev/sdc rw,nobarrier
    31 22 0:47 / /srv/office rw - cifs //server/share rw
    32 22 0:48 / /srv/bucket rw - fuse.s3fs s3fs rw
    33 22 0:49 / /srv/twice rw - tmpfs tmpfs rw
    34 33 0:50 / /srv/twice rw - ceph 10.0.0.1:/ rw
    """

  @Test(
    arguments: [
      ("/var/lib/gatilho", "ext4", nil), ("/dev/shm/state", "tmpfs", "a restart takes"),
      ("/dev/shmoo", "ext4", nil), ("/srv/with space/state", "xfs", nil),
      ("/srv/nfs/state", "nfs4", "never async"), ("/srv/nfs3", "nfs", "before version 4"),
      ("/srv/alone/x", "nfs4", "stay on this host"), ("/srv/brick/x", "fuse.glusterfs", "brick"),
      ("/srv/layer/x", "overlay", "goes with the container"), ("/srv/bare/x", "ext4", "barriers"),
      ("/srv/office/x", "cifs", "coherent"), ("/srv/bucket/x", "fuse.s3fs", "not known"),
      ("/srv/twice/x", "ceph", nil),
    ] as [(String, String, String?)])
  func `the mount that holds a path says what to think of it`(
    _ path: String, _ type: String, _ doubt: String?
  ) throws {
    let found = try #require(FileSystem(of: path, mounts: Self.mounts))
    #expect(found.type == type)
    #expect((found.doubt == nil) == (doubt == nil))
    #expect(found.doubt?.contains(doubt ?? "") != false)
  }

  @Test func `this machine's own mounts are read`() throws {
    let folder = try TemporaryFolder()
    #expect(try FileSystem(of: folder.path)?.type.isEmpty == false)
    #expect(try FileSystem(of: "/dev/shm")?.type == "tmpfs")
  }

  @Test func `a folder that is not there is an error`() {
    #expect(throws: JournalError.self) { try FileSystem(of: "/nowhere/at/all") }
  }
}
