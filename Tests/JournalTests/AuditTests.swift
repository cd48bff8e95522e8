import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import Journal

@Suite struct AuditTests {
  private struct Count: JSONConvertible, Equatable {
    var number: Int

    init(number: Int) {
      self.number = number
    }

    init(json: JSONNode) throws(JSONMismatch) {
      number = try json.integer("number").orMismatch
    }

    func write(to json: inout JSONWriter) {
      json.object { $0.member("number", number) }
    }
  }

  @Test func `lines are added, and a torn one spoils no other`() throws {
    let folder = try TemporaryFolder()
    let audit = Audit(state: folder.path)
    #expect(try audit.lines(of: Count.self) == [])
    try audit.append(Count(number: 1))
    let path = URL(filePath: folder.path + "/audit.jsonl")
    try (Data(contentsOf: path) + Data("{\"num".utf8)).write(to: path)
    for number in 2...3 { try audit.append(Count(number: number)) }
    #expect(try audit.lines(of: Count.self).map(\.number) == [1, 2, 3])
    #expect(
      String(decoding: try Data(contentsOf: path), as: UTF8.self)
        == "{\"number\":1}\n{\"num\n{\"number\":2}\n{\"number\":3}\n")
  }
}
