import FoundationEssentials
import TestSupport
import Testing

@testable import Journal

/// Whose a state folder is.
@Suite struct ClaimTests {
  private let folder: TemporaryFolder
  private let claim: Claim

  init() throws {
    folder = try TemporaryFolder()
    claim = Journal(state: folder.path).claim
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
  }

  @Test func `the first that comes is the holder, until another is adopted`() throws {
    #expect(try claim.holder() == nil)
    #expect(try claim.take(for: "/a.json") == "/a.json")
    #expect(try claim.take(for: "/b.json") == "/a.json")
    try claim.adopt("/b.json")
    #expect(try claim.holder() == "/b.json")
    #expect(try names() == ["configuration.json"])
  }

  @Test func `of many at once one is the first, and all agree`() async throws {
    let holders = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<16 { group.addTask { try claim.take(for: "/\(number).json") } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(holders).count == 1)
    #expect(try names() == ["configuration.json"])
  }

  @Test(arguments: ["", "{", "[]", #"{"file":1}"#, "\u{0}"])
  func `what nobody can read is nobody's claim`(_ text: String) throws {
    try folder.write(text, to: "configuration.json")
    #expect(try claim.holder() == nil)
    #expect(try claim.take(for: "/a.json") == "/a.json")
    #expect(try claim.holder() == "/a.json")
  }
}
