import FastCGI
import FoundationEssentials
import Glibc
import HTTPClient
import JSON
import Journal
import Messaging
import Operations
import Sandbox
import SystemPackage
import TestSupport
import Testing

/// The table of answers, row by row: nginx → worker → provider over TLS.
@Suite struct AnswerTableTests {
  private func expect(
    _ answer: HTTPResponse, _ status: Int, _ body: JSONValue, retryAfter: ClosedRange<Int>? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(answer.status == status, sourceLocation: sourceLocation)
    #expect(JSONValue(answer.body) == body, sourceLocation: sourceLocation)
    let seconds = answer.retryAfter.flatMap { Int($0) }
    let isAsked = seconds.map { retryAfter?.contains($0) == true } ?? (retryAfter == nil)
    #expect(isAsked, "Retry-After: \(answer.retryAfter ?? "–")", sourceLocation: sourceLocation)
  }

  private func problem(
    _ answer: HTTPResponse, _ status: Int, retryAfter: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(answer.status == status, sourceLocation: sourceLocation)
    #expect(answer.text("/status") == String(status), sourceLocation: sourceLocation)
    #expect(answer.text("/detail")?.isEmpty == false, sourceLocation: sourceLocation)
    #expect(answer.retryAfter == retryAfter, sourceLocation: sourceLocation)
  }

  @Test func `a message is accepted, and the same event is then a duplicate`() async throws {
    try await onStage { stage, gupy in
      let event = moved()
      let id = JSONValue.string(event.id)
      let accepted: JSONValue = [
        "id": id, "status": "accepted", "messageId": .string("callbell-" + event.id),
      ]
      expect(try await gupy.post(event.body), 200, accepted)
      expect(try await gupy.post(event.body), 200, accepted.replacing(["duplicate": true]))
      #expect(try stage.folder.received.all().count == 1)
    }
  }

  @Test func `an event that needs no message is ignored, with the reason`() async throws {
    try await onStage(changes: ["staleAfter": "1h", "recipients": [.string(Marker.mobile())]]) {
      _, gupy in
      func ignored(_ event: GupyEvent, _ reason: String) async throws {
        expect(
          try await gupy.post(event.body), 200,
          ["id": .string(event.id), "status": "ignored", "reason": .string(reason)])
      }
      var last = moved(1)
      last.step = " CONTRATACAO"
      try await ignored(last, "exceptedStep")
      let move = moved(2)
      _ = try await gupy.post(move.body)
      var again = move
      again.id = "another-id"
      try await ignored(again, "repeated")
      try await ignored(moved(2, minutesAgo: 6), "superseded")
      try await ignored(moved(3, minutesAgo: 61), "stale")
      try await ignored(moved(4, mobile: Marker.mobile("0102")), "notARecipient")
    }
    try await onStage(changes: ["messages": []]) { _, gupy in
      let event = moved()
      expect(
        try await gupy.post(event.body), 200,
        ["id": .string(event.id), "status": "ignored", "reason": "noRule"])
    }
  }

  @Test func `a message that cannot be made is undeliverable, with the path`() async throws {
    try await onStage { stage, gupy in
      let noPhone = moved(1, mobile: nil)
      expect(
        try await gupy.post(noPhone.body), 200,
        [
          "id": .string(noPhone.id), "status": "undeliverable",
          "problems": [["path": "candidate.mobileNumber", "problem": "missing"]],
        ])
      var noName = moved(2)
      noName.name = nil
      expect(
        try await gupy.post(noName.body), 200,
        [
          "id": .string(noName.id), "status": "undeliverable",
          "problems": [["path": "candidate.name", "problem": "missing"]],
        ])
      #expect(try stage.folder.received.all().isEmpty)
    }
  }

  @Test func `a message that the provider refuses is rejected`() async throws {
    try await onStage { _, gupy in
      let event = moved(mobile: Marker.mobile("0400"))
      expect(
        try await gupy.post(event.body), 200,
        ["id": .string(event.id), "status": "rejected", "reason": "invalid"])
    }
  }

  @Test func `an event of another type is not kept`() async throws {
    try await onStage { stage, gupy in
      let body = try fixture("gupy/pre-employee-moved.json")
      expect(
        try await gupy.post(body), 200,
        ["id": "f3e3a1a0-7c33-4a5e-9a10-3a1b2c3d4e01", "status": "notSubscribed"])
      let names = try FileManager.default.contentsOfDirectory(atPath: stage.folder.state)
      #expect(Set(names).isDisjoint(with: ["applications", "days", "quarantine"]))
    }
  }

  @Test(arguments: [
    #"{"event":"application.moved"}"#, "[]", "null", "5",
    #"{"id":"a","event":"application.moved","date":"2026-03-04T18:30:12.345Z","data":{}}"#,
  ])
  func `JSON that is no event is quarantined as it came`(_ body: String) async throws {
    try await onStage { stage, gupy in
      let answer = try await gupy.post(Array(body.utf8))
      #expect(answer.status == 200)
      #expect(answer.text("/status") == "quarantined")
      let folder = stage.folder.state + "/quarantine"
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names.count == 1)
      let kept = try Data(contentsOf: URL(filePath: "\(folder)/\(names[0])"))
      #expect(String(decoding: kept, as: UTF8.self) == body)
    }
  }

  /// 500, 502 and HTML, no answer of the API, 202 and 200 without a body, half an answer, more than
  /// anybody reads, none.
  @Test(.serialized, arguments: ["0500", "0502", "0200", "0202", "0204", "0206", "0413", "0444"])
  func `a message that may have been sent is held`(_ ending: String) async throws {
    try await onStage { stage, gupy in
      let event = moved(mobile: Marker.mobile(ending))
      let answer = try await gupy.post(event.body)
      let outcome = try #require(try stage.journal(event.application).last?.at("/outcome"))
      #expect(outcome.at("/status") == "unconfirmed")
      let held: JSONValue = ["id": .string(event.id), "status": "unconfirmed"]
      let body = held.replacing(["reason": outcome.at("/reason") ?? .null])
      expect(answer, 200, body)
      expect(try await gupy.post(event.body), 200, body.replacing(["duplicate": true]))
      #expect(try stage.folder.received.all().count == 1)
    }
  }

  @Test func `with resend, what may have been sent is asked for again and sent once more`()
    async throws
  {
    try await onStage(changes: ["provider/whenUnconfirmed": "resend"]) { stage, gupy in
      let event = moved(mobile: Marker.mobile("0500"))
      let unconfirmed: JSONValue = ["id": .string(event.id), "status": "unconfirmed"]
      expect(try await gupy.post(event.body), 503, unconfirmed, retryAfter: 60...60)
      expect(try await gupy.post(event.body), 200, unconfirmed)
      expect(
        try await gupy.post(event.body), 200, unconfirmed.replacing(["duplicate": true]))
      #expect(try stage.folder.received.all().count == 2)
      let attempts = try stage.journal(612_000_101).compactMap { $0.at("/attempt") }
      #expect(attempts.map { $0.at("/resend") } == [nil, true])
    }
  }

  @Test func `with resend, what is no longer due is not sent once more`() async throws {
    try await onStage(changes: ["provider/whenUnconfirmed": "resend"]) { stage, gupy in
      let older = moved(minutesAgo: 9, mobile: Marker.mobile("0500"))
      _ = try await gupy.post(older.body)
      #expect(try await gupy.post(moved(minutesAgo: 8).body).status == 200)
      #expect(try await gupy.post(older.body).text("/status") == "unconfirmed")
      #expect(try stage.folder.received.all().count == 2)
    }
  }

  @Test func `unavailable is asked for again, and then accepted`() async throws {
    try await onStage { stage, gupy in
      let event = moved(mobile: Marker.mobile("0429"))
      let id = JSONValue.string(event.id)
      expect(
        try await gupy.post(event.body), 503, ["id": id, "status": "unavailable"],
        retryAfter: 60...60)
      #expect(try await gupy.post(event.body).text("/status") == "accepted")
      #expect(try stage.folder.received.all().map(\.status) == [429, 200])
    }
  }

  /// 503 and 429 with seconds, 429 with a date.
  @Test(.serialized, arguments: ["0503", "1429", "2429"])
  func `Gupy is asked to wait as long as the provider asks`(_ ending: String) async throws {
    try await onStage { _, gupy in
      let event = moved(mobile: Marker.mobile(ending))
      let body: JSONValue = ["id": .string(event.id), "status": "unavailable"]
      for _ in 1...2 {
        let answer = try await gupy.post(event.body)
        // Between the provider's date, where it sends one, and nginx's `Date` seconds may begin.
        expect(answer, 503, body, retryAfter: ending == "2429" ? 110...120 : 120...120)
      }
    }
  }

  @Test func `Gupy is asked to wait no less than a minute`() async throws {
    let provider = LoopbackServer { _, _ in
      .answer(LoopbackServer.http(429, headers: "Retry-After: 5\r\n"))
    }
    try await onStage(changes: ["provider/baseURL": .string(provider.url)]) { _, gupy in
      let answer = try await gupy.post(moved().body)
      #expect(answer.retryAfter == "60")
    }
  }

  @Test func `a provider whose certificate is not its own, or of nobody we trust, gets nothing`()
    async throws
  {
    try await onStage(workers: 1) { stage, gupy in
      // The worker has started: a file that is half written would end it.
      #expect(try await gupy.post([], secret: nil).status == 401)
      let file = URL(filePath: stage.folder.configuration)
      let good = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      let stranger = good.replacing("https://localhost", with: "https://127.0.0.1")
      let untrusted = good.replacing(/"caFile":"[^"]*",/, with: "")
      for (number, text) in [stranger, untrusted].enumerated() {
        #expect(text != good)
        try Data(text.utf8).write(to: file)
        let answer = try await gupy.post(moved(Int64(number)).body)
        #expect(answer.text("/status") == "unavailable")
      }
      #expect(try stage.folder.received.all().isEmpty)
    }
  }

  @Test func `what waited too long in the queue is not sent`() async throws {
    try await onStage { (stage, _) async throws in
      let body = moved().body
      let parameters = [
        ("REQUEST_METHOD", "POST"), ("CONTENT_LENGTH", String(body.count)),
        ("HTTP_AUTHORIZATION", StageConfiguration.secret),
        ("GATILHO_RECEIVED_AT", String(Date.now.timeIntervalSince1970 - 15)),
      ]
      let answer = stage.ask(parameters, body)
      #expect(answer.hasPrefix("Status: 503 "))
      #expect(answer.contains("\"reason\":\"deadline\""))
      #expect(try stage.folder.received.all().isEmpty)
    }
  }

  @Test func `nginx says when it received a request`() async throws {
    try await onStage(workers: 0) { stage, _ in
      let path = stage.folder.file("gatilho.sock")
      try FileManager.default.removeItem(atPath: path)
      let listener = try FileDescriptor.listening(at: path)
      async let answer = stage.gupy.post(moved().body)
      let connection = FileDescriptor(rawValue: accept(listener.rawValue, __SOCKADDR_ARG(), nil))
      var bytes = [UInt8](repeating: 0, count: 4_096)
      let count = try bytes.withUnsafeMutableBytes { try connection.read(into: $0) }
      try connection.close()
      try listener.close()
      let status = try await answer.status
      #expect(status == 502)
      let text = String(decoding: bytes[..<count], as: UTF8.self)
      let match = try #require(text.firstMatch(of: /GATILHO_RECEIVED_AT(\d+\.\d{3})/))
      let age = Date.now.timeIntervalSince1970 - (Double(match.1) ?? 0)
      #expect(0...30 ~= age)
    }
  }

  @Test func `misconfigured counts as unavailable and is shouted in the log`() async throws {
    try await onStage { stage, gupy in
      let event = moved(mobile: Marker.mobile("0401"))
      expect(
        try await gupy.post(event.body), 503,
        ["id": .string(event.id), "status": "unavailable", "reason": "misconfigured"],
        retryAfter: 60...60)
      let log = String(
        decoding: try Data(contentsOf: URL(filePath: stage.folder.log)), as: UTF8.self)
      #expect(log.contains(#""level":"error""#))
      #expect(log.contains("mend provider.settings"))
    }
  }

  @Test func `unavailable is done for Gupy after 90 minutes on disk, and not before`() async throws
  {
    try await onStage { stage, gupy in
      let event = moved(mobile: Marker.mobile("0503"))
      _ = try await gupy.post(event.body)
      let path = stage.folder.state + "/applications/101/612000101.jsonl"
      for (minutes, status) in [(89.0, 503), (90.0, 200)] {
        var text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let old = Date.now.addingTimeInterval(-60 * minutes)
          .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        // The first line alone: that is when Gupy began to repeat.
        let first = try #require(text.firstRange(of: /"at":"[^"]*"/))
        text.replaceSubrange(first, with: #""at":"\#(old)""#)
        try Data(text.utf8).write(to: URL(filePath: path))
        let answer = try await gupy.post(event.body)
        #expect(answer.status == status)
        #expect(answer.text("/status") == "unavailable")
      }
    }
  }

  @Test func `an application that another process has is busy`() async throws {
    try await onStage { stage, gupy in
      let lock = HeldLock(612_000_101, on: stage)
      defer { lock.release() }
      let start = ContinuousClock.now
      // nginx would give up after 28 s, with 504.
      problem(try await gupy.post(moved().body), 503, retryAfter: "60")
      #expect(ContinuousClock.now - start >= .seconds(9))
      #expect(try await gupy.post(moved(612_000_102).body).status == 200)
    }
  }

  @Test func `a journal that fails is told, and service resumes when the fault goes`() async throws
  {
    try await onStage { stage, gupy in
      let folder = stage.folder.state + "/applications/101"
      _ = try await gupy.post(moved(612_000_102).body)
      try Data().write(to: URL(filePath: folder))
      problem(try await gupy.post(moved().body), 503, retryAfter: "60")
      try FileManager.default.removeItem(atPath: folder)
      #expect(try await gupy.post(moved().body).status == 200)
    }
  }

  @Test(arguments: [
    nil, "", "Bearer", "errado", "Bearer errado", "segredo", "segredo-de-demonstracaosegredo",
  ])
  func `no secret, or a wrong one, is refused`(_ secret: String?) async throws {
    try await onStage { stage, gupy in
      problem(try await gupy.post(moved().body, secret: secret), 401)
      #expect(try stage.folder.received.all().isEmpty)
    }
  }

  @Test func `both secrets are accepted, bare and as Bearer`() async throws {
    let secrets: JSONValue = ["env:GATILHO_SECRET", "env:PROVIDER_KEY"]
    try await onStage(changes: ["gupy/secrets": secrets]) { _, gupy in
      for (number, secret) in [StageConfiguration.secret, StageConfiguration.key].enumerated() {
        let application = Int64(number)
        let bare = try await gupy.post(moved(application).body, secret: secret)
        let bearer = try await gupy.post(moved(application + 10).body, secret: "Bearer " + secret)
        #expect([bare.status, bearer.status] == [200, 200])
      }
    }
  }

  @Test func `not POST, and too large, are answered by nginx in the same form`() async throws {
    try await onStage { _, gupy in
      for (answer, status) in [
        (try await gupy.get(), 405),
        (try await gupy.post([UInt8](repeating: 0x20, count: 1_048_577)), 413),
      ] {
        problem(answer, status)
        #expect(answer.text("/detail")?.hasPrefix("Answered by nginx") == true)
      }
    }
  }

  @Test func `where no worker is, nginx answers in the same form`() async throws {
    try await onStage(workers: 0) { stage, gupy in
      try FileManager.default.removeItem(atPath: stage.folder.file("gatilho.sock"))
      problem(try await gupy.post(moved().body), 502)
    }
  }

  @Test func `a body of the largest size never touches nginx's disk`() async throws {
    try await onStage { stage, gupy in
      let body = moved().body
      let padding = [UInt8](repeating: 0x20, count: 1_048_576 - body.count)
      #expect(try await gupy.post(body + padding).text("/status") == "accepted")
      let log = try Data(contentsOf: URL(filePath: stage.folder.file("nginx-error.log")))
      // nginx warns of every body that it buffers in a file.
      #expect(String(decoding: log, as: UTF8.self) == "")
    }
  }

  @Test func `an answer names its outcome and its times, and is not for caches`() async throws {
    try await onStage { stage, _ in
      func ask(_ secret: String) -> String {
        let body = moved().body
        let parameters = [
          ("REQUEST_METHOD", "POST"), ("CONTENT_LENGTH", String(body.count)),
          ("HTTP_AUTHORIZATION", secret),
        ]
        return stage.ask(parameters, body)
      }
      for (secret, outcome) in [(StageConfiguration.secret, "accepted"), ("x", "unauthorized")] {
        let answer = ask(secret)
        #expect(answer.contains("Gatilho-Outcome: \(outcome)\r\n"))
        #expect(answer.contains("Cache-Control: no-store\r\n"))
        #expect(answer.contains(/Server-Timing: journal;dur=[0-9.]+, provider;dur=[0-9.]+\r\n/))
      }
    }
  }

  @Test func `the handler itself refuses what nginx would not let through`() async throws {
    try await onStage { stage, _ in
      func ask(_ parameters: [(String, String)], _ body: String = "") -> String {
        let secret = [("HTTP_AUTHORIZATION", StageConfiguration.secret)]
        return String(stage.ask(parameters + secret, Array(body.utf8)).prefix(11))
      }
      let post = [("REQUEST_METHOD", "POST")]
      #expect(ask([("REQUEST_METHOD", "GET")]) == "Status: 405")
      #expect(ask(post) == "Status: 411")
      #expect(ask(post + [("CONTENT_LENGTH", "1048577")], "{}") == "Status: 413")
      #expect(ask(post + [("CONTENT_LENGTH", "3")], "{}") == "Status: 400")
      #expect(ask([("GATILHO_ENDPOINT", "nowhere")]) == "Status: 404")
    }
  }

  @Test func `a configuration that turns bad answers 500 until it is mended`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      // The worker has started: what is bad at a start ends it.
      _ = try await gupy.post(moved(1).body)
      let file = URL(filePath: stage.folder.configuration)
      let good = try Data(contentsOf: file)
      try Data("{".utf8).write(to: file)
      problem(try await gupy.post(moved().body), 500, retryAfter: "60")
      try good.write(to: file)
      #expect(try await gupy.post(moved().body).status == 200)
    }
  }
}
