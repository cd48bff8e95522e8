import FastCGI
import FoundationEssentials
import Gupy
import JSON
import Journal
import Lookup
import Sandbox
import Subprocess
import TestSupport
import Testing

/// Each line of `gatilhoctl check --live`, seen good and seen otherwise.
@Suite struct CheckLiveTests {
  /// A stage whose webhooks are at a fake Gupy as they should be, and the lines that `check --live`
  /// prints of it.
  private func onLiveStage(
    workers: Int = 2, _ changes: [String: JSONValue] = [:],
    webhooks: @Sendable @escaping (String) -> [[String: JSONValue]] = {
      CheckLiveTests.webhooks(at: $0)
    },
    _ body:
      @Sendable @escaping (Stage, @Sendable ([String: String]) async throws -> Stage.Told)
      async throws -> Void
  ) async throws {
    let side = try GupySide(FakeGupyAPI())
    let gupy: [String: JSONValue] = [
      "gupy/token": "env:GUPY_TOKEN", "gupy/baseURL": .string(side.baseURL),
      "gupy/techOwner": ["name": "Ana Lima", "email": "ana@padaria.com.br"],
    ]
    let all = gupy.merging(changes) { $1 }.filter { $0.key != "gupy/url" }
    try await onStage(workers: workers, changes: all) { stage, _ in
      let url = changes["gupy/url"] ?? .string(stage.folder.webhookURL)
      try stage.change("gupy/url", to: url)
      side.fake.webhooks = webhooks(url.text ?? "")
      try await body(stage) { environment in
        let token = ["GUPY_TOKEN": FakeGupyAPI.token].merging(environment) { $1 }
        let check = try await stage.gatilhoctl(
          ["check", "--live", "--ca-file", stage.folder.certificate], environment: token)
        for hidden in [FakeGupyAPI.token, StageConfiguration.secret, StageConfiguration.key] {
          #expect(!(check.text + check.error).contains(hidden))
        }
        return check
      }
    }
  }

  private static func webhooks(at url: String) -> [[String: JSONValue]] {
    let headers: JSONValue = [
      "Authorization": .string(StageConfiguration.secret), "Content-Type": "application/json",
    ]
    return ["application.created", "application.moved"].enumerated().map { number, action in
      GupySide.webhook(
        Int64(number), .string(action), ["postbackUrl": .string(url), "clientHeaders": headers])
    }
  }

  @Test func `what Gupy reaches and knows is good, each in a line; only localhost is not public`()
    async throws
  {
    try await onLiveStage { stage, check in
      _ = try await stage.gupy.post(moved().body)
      let told = try await check([:])
      for words in [
        "ok    answer            valid certificate, gatilho takes the secret and refuses any other",
        "ok    provider API      reachable, and the key is good\n", "ok    clock             0 s",
        "ok    webhooks          application.created: active",
        "ok    webhooks          application.moved: active",
        "ok    deliveries        the last at",
      ] { #expect(told.text.contains(words), "\(words)\n\(told.text)") }
      #expect(told.line("address")?.hasPrefix("FAIL ") == true)
      #expect(told.line("address")?.contains("cannot reach localhost") == true)
      #expect(told.status == .exited(69))
    }
  }

  @Test func `a public address is good, and nothing behind it is seen as no answer`() async throws {
    try await onLiveStage(workers: 0, ["gupy/url": .string(GupySide.url)]) { _, check in
      let told = try await check([:])
      #expect(told.line("address")?.hasPrefix("ok ") == true)
      #expect(told.line("answer")?.contains("no answer") == true)
      #expect(told.line("answer")?.hasPrefix("FAIL ") == true)
    }
  }

  @Test func `a certificate that nobody trusts fails`() async throws {
    try await onLiveStage { stage, _ in
      let told = try await stage.gatilhoctl("check", "--live")
      #expect(told.line("answer")?.hasPrefix("FAIL ") == true)
      #expect(told.line("answer")?.contains("certificate") == true)
    }
  }

  @Test func `workers with another secret fail, and so does what takes any`() async throws {
    try await onLiveStage { stage, check in
      let told = try await check(["GATILHO_SECRET": "another"])
      #expect(told.line("answer")?.contains("refuses the secret (401)") == true)
      #expect(told.line("answer")?.hasPrefix("FAIL ") == true)
      let open = LoopbackServer { _, request in
        let body = request.split(separator: "\r\n\r\n").last ?? ""
        let id = JSONValue(Array(body.utf8))?.at("/id") ?? .null
        let answer: JSONValue = ["id": id, "status": "notSubscribed"]
        return .answer(LoopbackServer.http(200, String(decoding: answer.json, as: UTF8.self)))
      }
      try stage.change("gupy/url", to: .string(open.url))
      let line = try await check([:]).line("answer")
      #expect(line?.hasPrefix("FAIL ") == true)
      #expect(line?.contains("to a wrong secret") == true)
    }
  }

  @Test func `a provider that is not there fails, and one with another clock is a warning`()
    async throws
  {
    try await onLiveStage { stage, check in
      try stage.change("provider/baseURL", to: .string(Nobody.url))
      let line = try await check([:]).line("provider API")
      #expect(line?.hasPrefix("FAIL ") == true)
      let late = LoopbackServer { _, _ in
        .answer(LoopbackServer.http(200, headers: "Date: Wed, 04 Mar 2026 18:30:12 GMT\r\n"))
      }
      try stage.change("provider/baseURL", to: .string(late.url))
      let told = try await check([:])
      #expect(told.text.contains("ok    provider API      reachable, and the key is good"))
      #expect(told.line("clock")?.hasPrefix("WARN ") == true)
      #expect(told.line("clock")?.contains("ahead of") == true)
    }
  }

  /// What a probe is answered, and what is said of it.
  @Test(
    arguments: [
      (401, #"{"code":"E7"}"#, "FAIL", "key refused: HTTP 401, E7 → mend provider.settings.token"),
      (403, "<html>", "FAIL", "key refused: HTTP 403 → mend provider.settings.token"),
      (404, "", "FAIL", "account or address refused: HTTP 404 → mend provider.settings.token"),
      (503, "", "WARN", "does not say whether the key is good: HTTP 503"),
      (429, "", "WARN", "does not say whether the key is good: HTTP 429"),
    ] as [(Int, String, String, String)])
  func `what the provider says of the key is told, with the setting`(
    _ status: Int, _ body: String, _ state: String, _ words: String
  ) async throws {
    let server = LoopbackServer { _, _ in .answer(LoopbackServer.http(status, body)) }
    let changes: [String: JSONValue] = ["provider/baseURL": .string(server.url)]
    try await onLiveStage(workers: 0, changes) { _, check in
      let told = try await check([:])
      let line = told.line("provider API")
      #expect(line?.hasPrefix(state) == true, "\(line ?? "")")
      #expect(line?.contains(words) == true, "\(line ?? "")")
      #expect(told.status == .exited(69))
      #expect(server.requests.map { $0.hasPrefix("GET /v1/auth/me HTTP") } == [true])
    }
  }

  @Test func `of a key that cannot be asked for no more is said than that somebody answers`()
    async throws
  {
    let server = LoopbackServer { _, _ in .answer(LoopbackServer.http(401)) }
    try await onStage(provider: "gupshup", workers: 0) { stage, _ in
      try stage.change("provider/baseURL", to: .string(server.url))
      let line = try await stage.gatilhoctl("check", "--live").line("provider API")
      let words = "reachable; this profile cannot ask whether the key is good"
      #expect(line?.hasSuffix("      " + words) == true)
      #expect(line?.hasPrefix("ok ") == true)
      #expect(server.requests.map { $0.hasPrefix("GET / HTTP") } == [true])
      #expect(server.requests.allSatisfy { !$0.contains(StageConfiguration.key) })
    }
  }

  /// How Gupy's webhooks can be otherwise than the configuration says.
  enum Disorder: CaseIterable {
    case missing, inactive, twice

    var line: (start: String, words: String) {
      switch self {
      case .missing: ("FAIL", "application.created: Gupy has none")
      case .inactive: ("FAIL", "was inactive")
      case .twice: ("WARN", "is the same as")
      }
    }

    func webhooks(at url: String) -> [[String: JSONValue]] {
      let both = CheckLiveTests.webhooks(at: url)
      return switch self {
      case .missing: []
      case .inactive: both.map { $0.merging(["status": "inactive"]) { $1 } }
      case .twice:
        both + [GupySide.webhook(9, "application.moved", ["postbackUrl": .string(url)])]
      }
    }
  }

  @Test(arguments: Disorder.allCases)
  func `webhooks that are not as they should be are named, with the command that mends them`(
    _ disorder: Disorder
  ) async throws {
    try await onLiveStage(webhooks: disorder.webhooks) { stage, check in
      let told = try await check([:])
      let line = told.text.split(separator: "\n").first { $0.contains(disorder.line.words) }
      #expect(line?.hasPrefix("\(disorder.line.start)  webhooks ") == true, "\(told.text)")
      #expect(line?.contains("→ gatilhoctl webhooks ") == true)
      if disorder == .inactive {
        try await stage.expectSeen(.inactive, "application.created, application.moved")
      } else {
        try await stage.expectNotSeen(.inactive)
      }
    }
  }

  @Test func `a token that Gupy does not know, or that is nowhere, fails`() async throws {
    try await onLiveStage { stage, check in
      #expect(try await check(["GUPY_TOKEN": "x"]).line("webhooks")?.contains("(401)") == true)
      try stage.change("gupy/token", to: .null)
      let line = try await check([:]).line("webhooks")
      #expect(line?.hasPrefix("FAIL ") == true)
      #expect(line?.contains("gupy.token: is missing") == true)
    }
  }

  @Test(
    arguments: [
      ("WARN", "none in thirty days", []), ("ok", "the last at", [(0.1, .accepted)]),
      ("WARN", "none answered 200 since", [(2, .unavailable), (1, .unavailable)]),
      ("FAIL", "takes the address away", [(8, .accepted), (6, .unavailable), (1, .unavailable)]),
      ("ok", "the last at", [(6, .unavailable), (1, .rejected)]),
    ] as [(String, String, [(Double, Outcome.Status)])])
  func `silence and failures are told from the day index`(
    _ state: String, _ words: String, _ lines: [(daysAgo: Double, Outcome.Status)]
  ) async throws {
    try await onLiveStage(workers: 0) { stage, check in
      let days = Journal(state: stage.folder.state).days
      for (number, line) in lines.enumerated() {
        let date = Date.now.addingTimeInterval(-86_400 * line.daysAgo)
        try days.append(
          DayLine(
            at: Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1_000)),
            eventId: String(number), application: 1, type: "application.moved",
            outcome: Outcome(line.1)))
      }
      let line = try await check([:]).line("deliveries")
      #expect(line?.hasPrefix(state.padding(toLength: 5)) == true, "\(line ?? "")")
      #expect(line?.contains(words) == true, "\(line ?? "")")
    }
  }
}

extension String {
  fileprivate func padding(toLength length: Int) -> String {
    self + String(repeating: " ", count: length - count)
  }
}
