import FoundationEssentials
import TestSupport
import Testing

@testable import Journal

@Suite struct QuarantineTests {
  private let folder: TemporaryFolder
  private let quarantine: Quarantine

  init() throws {
    folder = try TemporaryFolder()
    quarantine = Journal(state: folder.path).quarantine
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path + "/quarantine").sorted()
  }

  @Test func `bytes are kept once under their FNV-1a hash`() throws {
    try quarantine.keep(Array("foobar".utf8))
    try quarantine.keep(Array("foobar".utf8))
    #expect(try names() == ["85944171f73967e8.json"])
    let path = URL(filePath: folder.path + "/quarantine/85944171f73967e8.json")
    #expect(try Data(contentsOf: path) == Data("foobar".utf8))
  }

  @Test func `other bytes with the same hash get a name of their own`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/quarantine", withIntermediateDirectories: false)
    try folder.write("other", to: "quarantine/85944171f73967e8.json")
    try quarantine.keep(Array("foobar".utf8))
    try quarantine.keep(Array("foobar".utf8))
    #expect(try names() == ["85944171f73967e8-1.json", "85944171f73967e8.json"])
  }

  @Test func `a full quarantine takes what it has, and nothing else`() throws {
    let few = Quarantine(folder: folder.path + "/quarantine", files: 2, bytes: 10)
    try few.keep(Array("12345".utf8))
    #expect(throws: JournalError.full(folder: few.folder)) { try few.keep(Array("123456".utf8)) }
    try few.keep(Array("54321".utf8))
    #expect(throws: JournalError.full(folder: few.folder)) { try few.keep([]) }
    try few.keep(Array("12345".utf8))
    #expect(try names().count == 2)
  }
}
