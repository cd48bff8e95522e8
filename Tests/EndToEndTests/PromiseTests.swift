import FoundationEssentials
import Glibc
import JSON
import Messaging
import Sandbox
import SystemPackage
import TestSupport
import Testing

/// Every event that Gupy was told 200 for is on disk, and each message is handed over at most once.
@Suite struct PromiseTests {
  @Test func `200 deliveries of one event at once make one message`() async throws {
    try await onStage(workers: 8) { stage, gupy in
      let body = moved().body
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<200 { group.addTask { try await stage.gupy.post(body).status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.count == 200)
      #expect(statuses.allSatisfy { $0 == 200 || $0 == 503 })
      for _ in statuses.filter({ $0 == 503 }) { #expect(try await gupy.post(body).status == 200) }
      #expect(try stage.folder.received.all().count == 1)
    }
  }

  @Test func `a worker killed between attempt and outcome does not send again`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      let event = moved(mobile: Marker.mobile("0408"))
      async let first = stage.gupy.post(event.body)
      try await eventually { try !stage.folder.received.all().isEmpty }
      stage.workers.signal(SIGKILL)
      // nginx hands the request to the next worker, which finds an attempt without an outcome.
      let answer = try await first
      #expect(answer.status == 200)
      #expect(answer.text("/status") == "unconfirmed")
      #expect(try await gupy.post(event.body).text("/duplicate") == "true")
      #expect(try stage.folder.received.all().count == 1)
      let outcomes = try stage.journal(612_000_101).compactMap { $0.at("/outcome") }
      #expect(outcomes == [["status": "unconfirmed", "reason": "interrupted"]])
    }
  }

  @Test func `workers killed one after the other are invisible to Gupy`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      for number in 0..<3 {
        let event = moved(Int64(number), mobile: "+5511955550408")
        async let answer = stage.gupy.post(event.body)
        try await eventually { try stage.folder.received.all().count > number }
        stage.workers.signal(SIGKILL)
        #expect(try await answer.text("/reason") == "interrupted")
      }
    }
  }

  @Test func `a POST that a reused connection swallows is not repeated`() async throws {
    let provider = LoopbackServer { number, _ in
      number == 0
        ? .answer(LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#)) : .close
    }
    try await onStage(workers: 1, changes: ["provider/baseURL": .string(provider.url)]) {
      (_, gupy) async throws in
      #expect(try await gupy.post(moved(1).body).text("/status") == "accepted")
      let event = moved(2)
      #expect(try await gupy.post(event.body).text("/status") == "unconfirmed")
      #expect(try await gupy.post(event.body).text("/duplicate") == "true")
      #expect(provider.requests.filter { $0.contains(event.id) }.count == 1)
      #expect(provider.halfRequests == [])
    }
  }

  @Test func `what the disk refuses is not answered 200, and nothing is sent`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      _ = try await gupy.post(moved(1).body)
      let pid = try #require(stage.workers.all.first)
      let event = moved(2)
      // The event and its attempt are some 600 bytes: the write comes back short, as on a full disk.
      try limitFiles(of: pid, to: 300)
      let refused = try await gupy.post(event.body)
      #expect(refused.status == 503)
      #expect(refused.text("/detail")?.contains("could not be kept") == true)
      #expect(try stage.journal(2) == [])
      try limitFiles(of: pid, to: .max)
      #expect(try await gupy.post(event.body).text("/status") == "accepted")
      #expect(try stage.folder.received.all().count == 2)
      #expect(stage.workers.all == [pid])
    }
  }

  @Test(.enabled(if: geteuid() == 0, "mounting a small file system needs root"))
  func `a full disk is told, and service resumes when there is room`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      let state = stage.folder.state
      _ = try await output("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", state])
      let filler = state + "/filler"
      do {
        #expect(try await gupy.post(moved(1).body).status == 200)
        try await fill(filler)
        let event = moved(2)
        #expect(try await gupy.post(event.body).status == 503)
        #expect(try stage.folder.received.all().count == 1)
        try FileManager.default.removeItem(atPath: filler)
        #expect(try await gupy.post(event.body).text("/status") == "accepted")
        #expect(try stage.folder.received.all().count == 2)
      }
      _ = try await output("/usr/bin/umount", ["-l", state])
    }
  }

  /// Writes until there is no room for another byte.
  private func fill(_ path: String) async throws {
    let file = try FileDescriptor.open(
      FilePath(path), .writeOnly, options: .create, permissions: .ownerReadWrite)
    let zeros = [UInt8](repeating: 0, count: 4_096)
    while (try? file.writeAll(zeros)) != nil {}
    try file.close()
  }

  private func limitFiles(of pid: pid_t, to bytes: rlim_t) throws {
    var limit = rlimit(rlim_cur: bytes, rlim_max: .max)
    guard prlimit(pid, RLIMIT_FSIZE, &limit, nil) == 0 else { throw Errno(rawValue: errno) }
  }

  @Test func `a candidate's journal holds every stored field and nothing more`() async throws {
    try await onStage { stage, gupy in
      #expect(try await gupy.post(fixture("gupy/application-moved-full.json")).status == 200)
      let lines = try stage.journal(612_000_101)
      #expect(lines.count == 3)
      #expect(lines.allSatisfy { $0.at("/eventId") == "9d2c7f10-1c58-4b6e-8f0a-3e5b9a6d1b01" })
      #expect(
        lines.first?.at("/event") == [
          "type": "application.moved", "date": "2026-03-04T18:30:12.345Z",
          "companyName": "Padaria Horizonte",
          "job": [
            "id": "7410021", "name": "Atendente de Loja - Unidade Moema", "branchCode": "SP-07",
            "departmentCode": "OPE-10",
          ],
          "application": ["id": "612000101"],
          "candidate": [
            "name": "Bianca", "lastName": "Prado Teles", "email": "bianca.prado@example.com",
            "identificationDocument": "52998224725", "mobileNumber": "+5511955550101",
          ],
          "currentStep": ["name": "Entrevista com a Loja", "type": "offline"],
          "previousStep": ["name": "Teste de Português"],
          "problems": [],
        ])
      #expect(
        lines[1].at("/attempt") == ["provider": "callbell", "template": "mudanca_de_etapa"])
      #expect(lines[2].at("/outcome/status") == "accepted")
      let path = stage.folder.state + "/applications/101/612000101.jsonl"
      let names = try await output("/usr/bin/jq", ["-r", ".event.candidate.name // empty", path])
      #expect(names == "Bianca\n")
    }
  }

  @Test func `every request is one line of the log, and none holds anything of a candidate`()
    async throws
  {
    try await onStage { stage, gupy in
      for (number, ending) in ["0101", "0400", "0401", "0429", "0500", "0503", "0200"].enumerated()
      {
        var event = moved(Int64(number), mobile: Marker.mobile(ending))
        event.job = Marker.name
        event.step = Marker.name
        _ = try await gupy.post(event.body)
      }
      _ = try await gupy.post(moved(99, mobile: Marker.digits).body)
      _ = try await gupy.post(Array("{\"id\":\"\(Marker.digits)".utf8))
      _ = try await gupy.post(moved().body, secret: Marker.digits)
      let lines = try Data(contentsOf: URL(filePath: stage.folder.log))
        .split(separator: UInt8(ascii: "\n"))
      #expect(lines.count == 10)
      #expect(lines.allSatisfy { JSONValue(Array($0))?.at("/status") != nil })
    }
  }
}
