import JSON
import Sandbox
import TestSupport
import Testing

/// `gatilhoctl webhooks ensure` in each state that Gupy may be in.
@Suite struct WebhooksEnsureTests {
  private struct State: Sendable {
    let name: String
    var webhooks: [[String: JSONValue]] = []
    let writes: [String]
    let says: String
    var arguments: [String] = []
    /// How many at the end of `webhooks` are left alone.
    var others = 0
  }

  private static let both = GupySide.both

  private static func moved(_ changes: [String: JSONValue]) -> [String: JSONValue] {
    GupySide.webhook(2, "application.moved", changes)
  }

  private static let states = [
    State(
      name: "nothing there", writes: ["POST", "POST"],
      says: """
        create      application.created → \(GupySide.url)
        create      application.moved → \(GupySide.url)

        """),
    State(
      name: "one there", webhooks: [both[1]], writes: ["POST"],
      says: """
        create      application.created → \(GupySide.url)
        keep        2 application.moved

        """),
    State(
      name: "both there", webhooks: both, writes: [],
      says: "keep        1 application.created\nkeep        2 application.moved\n"),
    State(
      name: "wrong URL", webhooks: [both[0], moved(["postbackUrl": "https://203.0.113.7/gupi"])],
      writes: ["PUT"],
      says: "update      2 application.moved: address was https://203.0.113.7/gupi\n"),
    State(
      name: "inactive", webhooks: [both[0], moved(["status": "inactive"])], writes: ["PUT"],
      says: "update      2 application.moved: was inactive\n"),
    State(
      name: "other owner", webhooks: [both[0], moved(["techOwnerName": "Bia"])], writes: ["PUT"],
      says: "update      2 application.moved: other technical owner\n"),
    State(
      name: "other secret, and no Content-Type",
      webhooks: [both[0], moved(["clientHeaders": ["Authorization": "old"]])], writes: ["PUT"],
      says: "update      2 application.moved: Authorization, Content-Type\n"),
    State(
      name: "foreign ones",
      webhooks: [
        moved(["postbackUrl": "https://ats.example.com/?key=k3y"]),
        GupySide.webhook(8, "candidate.hired"),
      ], writes: ["POST", "POST"],
      says: """
        left alone  2 application.moved → https://ats.example.com/?…
        left alone  8 candidate.hired → \(GupySide.url)

        """, others: 2),
    State(
      name: "adopted", webhooks: [both[0], moved(["postbackUrl": "https://old.example.com/x"])],
      writes: ["PUT"],
      says: "update      2 application.moved: address was https://old.example.com/x\n",
      arguments: ["--adopt", "2"]),
  ]

  @Test(arguments: states.indices)
  func `it makes both what the configuration says, and then changes nothing`(_ index: Int)
    async throws
  {
    let state = Self.states[index]
    let side = try GupySide(FakeGupyAPI(state.webhooks))
    let planned = try await side.run(["ensure", "--dry-run"] + state.arguments)
    #expect(planned.text.contains(state.says), "\(state.name): \(planned)")
    #expect(planned.text.hasSuffix("\nnothing was done\n"))
    #expect(planned.status == .exited(state.writes.isEmpty ? 0 : 1))
    #expect(side.takeMethods().allSatisfy { $0 == "GET" })
    #expect(side.fake.webhooks == state.webhooks)

    let made = try await side.run(["ensure"] + state.arguments)
    #expect(made.text + "nothing was done\n" == planned.text)
    #expect(made.status == .exited(0), "\(state.name): \(made)")
    #expect(side.takeMethods().filter { $0 != "GET" } == state.writes)
    try expectBoth(side, beside: state.webhooks.suffix(state.others))

    let again = try await side.run(["ensure"])
    #expect(again.status == .exited(0))
    #expect(again.text.hasPrefix("keep        "))
    #expect(side.takeMethods().allSatisfy { $0 == "GET" })
  }

  private func expectBoth(
    _ side: GupySide, beside others: ArraySlice<[String: JSONValue]> = []
  ) throws {
    func withoutID(_ webhook: [String: JSONValue]) -> [String: JSONValue] {
      webhook.filter { $0.key != "id" }
    }
    #expect(side.fake.webhooks.count == 2 + others.count)
    #expect(others.allSatisfy { side.fake.webhooks.contains($0) })
    let kept = side.fake.webhooks.map(withoutID)
    #expect(Self.both.map(withoutID).allSatisfy { kept.contains($0) })
  }

  @Test func `one that is there twice is reported with what deletes it`() async throws {
    let side = try GupySide(FakeGupyAPI(Self.both + [GupySide.webhook(3)]))
    let found = try await side.run(["ensure"])
    #expect(found.status == .exited(1))
    let command = try #require(found.text.firstMatch(of: /duplicate .*; gatilhoctl webhooks (.*)/))
    #expect(side.takeMethods() == ["GET"])
    let deleted = try await side.run(command.1.split(separator: " ").map(String.init) + ["--yes"])
    #expect(deleted.status == .exited(0), "\(deleted)")
    #expect(side.fake.webhooks == Self.both)
    #expect(try await side.run(["ensure"]).status == .exited(0))
  }

  @Test(arguments: FakeGupyAPI.Shape.allCases)
  func `each shape of the list is read to its last page`(_ shape: FakeGupyAPI.Shape) async throws {
    let others = (100..<105).map { GupySide.webhook($0, "candidate.hired") }
    let side = try GupySide(FakeGupyAPI(others + Self.both, shape: shape, pageSize: 3))
    let result = try await side.run(["ensure"])
    #expect(result.status == .exited(0), "\(result)")
    #expect(side.takeMethods().allSatisfy { $0 == "GET" })
    #expect(result.text.contains("keep        2 application.moved\n"))
    #expect(result.text.contains("left alone  104 candidate.hired"))
  }

  @Test func `headers that Gupy does not show are sent again when that is asked`() async throws {
    let side = try GupySide(
      FakeGupyAPI(
        [Self.both[0], Self.moved(["clientHeaders": ["Authorization": "old"]])],
        showsHeaders: false))
    let kept = try await side.run(["ensure"])
    #expect(kept.status == .exited(0))
    #expect(
      kept.text.hasSuffix("Gupy does not show the headers; --set-secret sends them again\n"))
    #expect(side.takeMethods() == ["GET"])
    #expect(try await side.run(["ensure", "--set-secret"]).status == .exited(0))
    #expect(side.takeMethods() == ["GET", "PUT", "PUT"])
    try expectBoth(side)
  }

  @Test func `a POST that failed after it had worked is not repeated`() async throws {
    let side = try GupySide(FakeGupyAPI())
    side.fake.fail("POST", .done(500), .status(500))
    let result = try await side.run(["ensure"])
    #expect(result.status == .exited(0), "\(result)")
    #expect(side.takeMethods() == ["GET", "POST", "GET", "POST", "GET", "POST"])
    try expectBoth(side)
  }
}
