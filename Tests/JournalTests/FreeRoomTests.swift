import Glibc
import TestSupport
import Testing

@testable import Journal

/// What counts as room.
@Suite struct FreeRoomTests {
  private static let rooms: [(bytes: UInt64?, inodes: UInt64?, isFull: Bool, isNearlyFull: Bool)] =
    [
      (nil, nil, false, false), (1 << 40, nil, false, false), (nil, 1 << 20, false, false),
      (1 << 30, 10_000, false, false), ((1 << 30) - 1, nil, false, true), (nil, 9_999, false, true),
      (0, nil, true, true), (0, 1 << 20, true, true), (1 << 40, 0, true, true),
      (1 << 40, 3, true, true), (16_384, 4, false, true),
    ]

  @Test(arguments: rooms)
  func `a disk is full of bytes or of inodes, and what is not counted is no shortage`(
    _ bytes: UInt64?, _ inodes: UInt64?, _ isFull: Bool, _ isNearlyFull: Bool
  ) {
    let room = FreeRoom(folder: "/", bytes: bytes, inodes: inodes)
    #expect(room.isFull == isFull)
    #expect(room.isNearlyFull == isNearlyFull)
  }

  @Test(.enabled(if: geteuid() == 0, "mounting a small file system needs root"))
  func `each file system under the state folder is looked at once`() throws {
    let folder = try TemporaryFolder()
    let journal = Journal(state: folder.path)
    #expect(try journal.room().map(\.folder) == [folder.path])
    let days = folder.path + "/days"
    try #require(mkdir(days, 0o700) == 0)
    #expect(try journal.room().map(\.folder) == [folder.path])
    try #require(mount("tmpfs", days, "tmpfs", 0, "nr_inodes=7") == 0)
    defer { umount2(days, Int32(MNT_DETACH)) }
    let room = try #require(try journal.room().last)
    #expect(room.folder == days && room.inodes == 6 && !room.isFull)
  }

  @Test(.enabled(if: geteuid() == 0, "mounting a small file system needs root"))
  func `a file system without limits counts nothing`() throws {
    let folder = try TemporaryFolder()
    try #require(mount("tmpfs", folder.path, "tmpfs", 0, "size=0,nr_inodes=0") == 0)
    defer { umount2(folder.path, Int32(MNT_DETACH)) }
    let room = try #require(try Journal(state: folder.path).room().first)
    #expect(room.inodes == nil && room.bytes == nil && !room.isNearlyFull)
  }

  @Test(arguments: [ENOSPC, EDQUOT])
  func `a full disk and a used up quota are a lack of room`(_ errno: Int32) {
    #expect(JournalError.failed(call: "write", path: "", errno: errno).isLackOfRoom)
    #expect(!JournalError.failed(call: "write", path: "", errno: EACCES).isLackOfRoom)
  }
}
