import FoundationEssentials
import HTTPClient
import JSON
import TestSupport
import Testing

@testable import Messaging

/// What each profile makes of answers, and of failures to answer.
@Suite struct AnswerTests {
  private static let profiles = ProviderProfile.builtIn.keys.sorted()

  @Test(arguments: Answer.all)
  func `an answer means what the provider's table says`(_ answer: Answer) throws {
    let response = HTTPResponse(status: answer.status, body: try answer.body)
    let delivery = Delivery(
      response, rules: try rules(answer), id: Answer.id,
      otherwise: answer.call == "confirm" ? .unconfirmed : nil)
    #expect(delivery.verdict == answer.verdict)
    #expect(delivery.messageId == answer.messageId)
    #expect(delivery.reason == answer.reason)
    #expect(delivery.httpStatus == answer.status)
  }

  /// The rules of one of a profile's calls.
  private func rules(_ answer: Answer) throws -> [AnswerRule] {
    let bytes = try #require(ProviderProfile.builtIn[answer.profile])
    let profile = try StrictReader(json5: bytes, file: answer.profile).value
    var call = try #require(profile.members("/" + answer.call))
    call["take"] = nil
    return try Call(StrictReader(.object(call), file: answer.profile)).answers
  }

  @Test func `every sample of an answer is in the table, and every profile has one it accepts`()
    throws
  {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/providers").standardized.path()
    let samples = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json") }
    #expect(Set(samples).subtracting(Answer.all.map(\.text)) == [])
    let accepted = Answer.all.filter { $0.verdict == .accepted && $0.call == "send" }
    #expect(Set(accepted.map(\.profile)) == Set(Self.profiles))
  }

  @Test(arguments: profiles, Failure.all)
  func `a failure means the same to every provider`(_ name: String, _ failure: Failure) throws {
    let account = Answer.all.first { $0.profile == name && $0.call == "prepare" }
    let before = try account.map { try $0.body }
    let server = LoopbackServer { number, _ in
      guard number == 0, let before else { return failure.reaction(accepted(name)) }
      return .answer(LoopbackServer.http(200, String(decoding: before, as: UTF8.self)))
    }
    defer { server.stop() }
    let delivery = try deliver(name, to: server.url)
    #expect(delivery.verdict == failure.exceptions[name] ?? failure.verdict)
    #expect(delivery.retryAfter == failure.retryAfter)
    #expect(!"\(delivery)".contains("chave-falsa"))
  }

  @Test(arguments: profiles)
  func `where nobody listens nothing is sent`(_ name: String) throws {
    let delivery = try deliver(name, to: Nobody.url)
    #expect(delivery == Delivery(.unavailable, reason: LibcurlReason.notConnected))
  }

  @Test(arguments: Failure.all)
  func `a secret in the address is in no error`(_ failure: Failure) throws {
    let text = #"""
      { "base": "https://api.example.com", "secrets": { "token": "t" },
        "send": { "post": "/token/{{token}}/send?key={{token}}", "json": {} } }
      """#
    let reader = try StrictReader(json5: Array(text.utf8), file: "p")
    let profile = try ProviderProfile(reader, name: "p", paths: [])
    let server = LoopbackServer { _, _ in failure.reaction(nil) }
    defer { server.stop() }
    for url in [server.url, Nobody.url, "http://"] {
      let delivery = try deliver(profile, ["token": "chave-falsa"], to: url)
      #expect(!"\(delivery)".contains("chave-falsa"))
    }
  }

  private func accepted(_ name: String) -> Answer? {
    Answer.all.first { $0.profile == name && $0.verdict == .accepted && $0.call == "send" }
  }

  private func deliver(_ name: String, to url: String) throws -> Delivery {
    let fixture = JSONValue(try fixture("providers/requests/\(name).json"))
    return try deliver(builtIn(name), #require(fixture?.members("/settings")), to: url)
  }

  private func deliver(
    _ profile: ProviderProfile, _ settings: [String: JSONValue], to url: String
  ) throws -> Delivery {
    let message = Message(
      id: "i", recipient: "+5511900000001", template: "t",
      parameters: profile.takesText ? [.init(position: 1, value: "Olá!")] : [],
      fields: ["application.id": "1"], settings: [:])
    let provider = try Provider(profile, values: settings, baseURL: url, caFile: nil)
    return try provider.deliver(
      provider.pending(message), with: HTTPClient(),
      limits: HTTPLimits(total: .seconds(60), connect: .seconds(60)))
  }
}

extension Answer {
  /// The answer's bytes.
  var body: [UInt8] {
    get throws {
      text.hasSuffix(".json") ? try fixture("providers/\(text)") : Array(text.utf8)
    }
  }
}
