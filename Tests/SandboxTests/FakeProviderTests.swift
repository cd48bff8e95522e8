import FastCGI
import JSON
import TestSupport
import Testing

@testable import Sandbox

/// The fake providers, asked without a web server.
@Suite struct FakeProviderTests {
  private let folder: TemporaryFolder
  private let file: ReceivedFile
  private let provider: FakeProvider

  init() throws {
    folder = try TemporaryFolder()
    file = ReceivedFile(path: folder.path + "/received.jsonl")
    provider = FakeProvider(file: file)
  }

  private func ask(
    _ path: String, _ body: JSONValue, header: (String, String) = ("HTTP_AUTHORIZATION", "Key k"),
    type: String = "application/json", provider: FakeProvider? = nil
  ) -> Response {
    let parameters = [
      "REQUEST_METHOD": "POST", "DOCUMENT_URI": path, "CONTENT_TYPE": type, header.0: header.1,
    ]
    return (provider ?? self.provider).respond(
      to: Request(method: "POST", parameters: Parameters(parameters), body: .complete(body.json)))
  }

  private func blip(
    _ ending: String, id: String = "m1", provider: FakeProvider? = nil
  ) -> Response {
    let template: JSONValue = [
      "name": "t", "components": [["parameters": [["type": "text", "text": "Joana"]]]],
    ]
    return ask(
      "/messages",
      [
        "id": .string(id), "to": .string("551190000\(ending)@wa.gw.msging.net"),
        "content": ["template": template],
      ], provider: provider)
  }

  private func command(_ to: JSONValue, _ uri: JSONValue) -> JSONValue? {
    JSONValue(ask("/commands", ["id": "c", "to": to, "method": "get", "uri": uri]).body)
  }

  @Test func `a message is noted with what the candidate would read`() throws {
    #expect(blip("0001").status.code == 202)
    #expect(
      try file.all() == [
        Received(
          id: "m1", recipient: "5511900000001", template: "t", values: ["Joana"], status: 200)
      ])
  }

  @Test(arguments: [("0001", 1), ("0444", 1), ("0204", 1), ("0500", 0), ("0400", 0), ("1429", 0)])
  func `Blip knows by its id whether it took a message, also when it did not say so`(
    _ ending: String, _ count: Int64
  ) {
    _ = blip(ending)
    let items = JSONPointer("/resource/items")
    let answer = command("postmaster@msging.net", "/notifications?id=m1")
    let found: JSONValue = count == 1 ? [["event": "accepted", "id": "m1"]] : []
    #expect(answer.flatMap { items?.value(in: $0) } == found)
    let other = command("postmaster@msging.net", "/notifications?id=m")
    #expect(other.flatMap { items?.value(in: $0) } == [])
  }

  @Test func `Blip finds the account of every number, and notes no message`() throws {
    let answer = command(
      "postmaster@wa.gw.msging.net", "lime://wa.gw.msging.net/accounts/+5511900000400")
    #expect(
      answer.flatMap { JSONPointer("/resource/identity")?.value(in: $0) }
        == "5511900000400@wa.gw.msging.net")
    #expect(try file.all() == [])
  }

  @Test func `whether a key is good can be asked`() throws {
    func ask(_ path: String, _ key: String) -> Int {
      let parameters = ["REQUEST_METHOD": "GET", "DOCUMENT_URI": path, "HTTP_AUTHORIZATION": key]
      return provider.respond(
        to: Request(method: "GET", parameters: Parameters(parameters), body: .complete([]))
      ).status.code
    }
    #expect(ask("/v1/auth/me", "Bearer k") == 200)
    #expect(ask("/v1/auth/me", "Bearer ") == 401)
    #expect(ask("/v1/messages/send", "Bearer k") != 404)
    #expect(ask("/2010-04-01/Accounts/AC1.json", "Basic k") == 200)
    #expect(try file.all().filter(\.isTaken).count <= 1)
  }

  @Test func `what the API does not document is refused`() throws {
    let body: JSONValue = ["to": "+5511900000001", "metadata": ["gatilho_id": "m"]]
    let key = ("HTTP_AUTHORIZATION", "Bearer k")
    #expect(ask("/v1/messages/send", body, header: key).status.code == 200)
    #expect(ask("/v1/messages", body, header: key).status.code == 404)
    #expect(ask("/commands", ["uri": "/other"]).status.code == 404)
    #expect(
      ask("/v1/messages/send", body, header: ("HTTP_AUTHORIZATION", "App k")).status.code == 401)
    #expect(
      ask("/v1/messages/send", body, header: ("HTTP_AUTHORIZATION", "Bearer ")).status.code == 401)
    #expect(ask("/v1/messages/send", body, header: key, type: "text/plain").status.code == 400)
    #expect(try file.all().count == 1)
  }

  /// One that hangs takes 12 s: the tests with real workers have it.
  @Test(arguments: Behaviour.allCases.filter { $0 != .hangs })
  func `a number that asks for a failure gets it`(_ behaviour: Behaviour) throws {
    let answer = blip(behaviour.rawValue)
    let statuses: [Behaviour: Int] = [
      .refusesKey: 401, .refuses: 400, .limitsOnce: 429, .limitsForSeconds: 429,
      .limitsUntilDate: 429, .unavailable: 503, .fails: 500, .failsBefore: 502, .nods: 202,
      .breaksOff: 200, .floods: 202,
    ]
    #expect(answer.status.code == statuses[behaviour] ?? 200)
    #expect((answer.body.count > 65_536) == (behaviour == .floods))
    let taken: Set<Behaviour> = [.babbles, .nods, .isSilent, .breaksOff, .floods, .closes]
    #expect(try file.all().map(\.isTaken) == [taken.contains(behaviour)])
    #expect(
      blip(behaviour.rawValue).status.code == (behaviour == .limitsOnce ? 202 : answer.status.code))
  }

  @Test(arguments: [0, 50, 100])
  func `now and then something goes wrong, as often as it is told`(_ percent: Int) throws {
    let provider = FakeProvider(file: file, failing: percent)
    let statuses = (0..<200).map { number in
      blip("0001", id: "m\(number)", provider: provider).status.code
    }
    let failures = statuses.filter { $0 != 202 }
    #expect([0: 0...0, 50: 60...140, 100: 200...200][percent]?.contains(failures.count) == true)
    // At its limit, down, broken, a refusal, nonsense.
    if percent > 0 { #expect(Set(failures) == [429, 503, 500, 400, 200]) }
    #expect(try file.all().count(where: \.isTaken) == statuses.count { 200..<300 ~= $0 })
  }
}
