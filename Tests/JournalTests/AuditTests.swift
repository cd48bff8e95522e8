import FoundationEssentials
import TestSupport
import Testing

@testable import Journal

@Suite struct AuditTests {
  @Test func `lines are added, and a torn one spoils no other`() throws {
    let folder = try TemporaryFolder()
    let audit = Audit(state: folder.path)
    #expect(try audit.lines(of: [String: String].self).isEmpty)
    try audit.append(["name": "1"])
    let path = URL(filePath: folder.path + "/audit.jsonl")
    try (Data(contentsOf: path) + Data("{\"na".utf8)).write(to: path)
    for number in 2...3 { try audit.append(["name": "\(number)"]) }
    #expect(
      try audit.lines(of: [String: String].self).compactMap { $0["name"] } == ["1", "2", "3"])
    #expect(
      String(decoding: try Data(contentsOf: path), as: UTF8.self)
        == "{\"name\":\"1\"}\n{\"na\n{\"name\":\"2\"}\n{\"name\":\"3\"}\n")
  }
}
