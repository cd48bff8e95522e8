import FoundationEssentials
import JSON
import Sandbox
import TestSupport
import Testing

/// What keeps Gupy's webhooks from the workers, as `gatilhoctl check` and the timer read it from
/// nginx's files.
@Suite struct NginxCheckTests {
  /// What is replaced in the project's files, how the line begins, and words that it holds.
  private static let cases: [(nginx: KeyValuePairs<String, String>, state: String, words: String)] =
    [
      ([:], "ok", "webhooks reach the workers"),
      (
        ["$binary_remote_addr$gatilho_secret_end": "$binary_remote_addr"], "ok",
        "webhooks reach the workers"
      ),
      (
        [
          "$binary_remote_addr$gatilho_secret_end": "$binary_remote_addr",
          "listen 443 ssl;": "listen 443 ; # ssl;",
        ], "FAIL", "limit_req zone=gatilho counts everybody as one"
      ),
      (
        [
          "$binary_remote_addr$gatilho_secret_end": "$binary_remote_addr",
          "listen 443 ssl;": "listen 443 ;", "  server_tokens off;": "set_real_ip_from 10.0.0.0/8;",
        ], "ok", "webhooks reach the workers"
      ),
      (["listen 443 ssl;": "listen 443 ;"], "ok", "webhooks reach the workers"),
      (
        [
          "limit_req_zone": "limit_conn_zone $server_name zone=all:1m; limit_req_zone",
          "limit_req_status": "limit_conn all 5; limit_req_status",
        ], "FAIL", "limit_conn all counts everybody as one"
      ),
      (
        ["# if ($gatilho_known = 0)": "if ($gatilho_known = 0)"], "FAIL",
        "the allow-list is on and holds nobody"
      ),
      (
        [
          "# if ($gatilho_known = 0)": "if ($gatilho_known = 0)",
          "# 3.225.75.195 1;": "3.225.75.0/24 1; 3.213.125.198 1;",
        ], "WARN", "the allow-list refuses 3.81.178.137, 18.235.49.246,"
      ),
      (
        [
          "# if ($gatilho_known = 0)": "if ($gatilho_known = 0)", "# 3.": "3.", "# 18.": "18.",
          "# 34.": "34.", "# 5": "5",
        ], "ok", "webhooks reach the workers"
      ),
      (
        [
          "# if ($gatilho_known = 0)": "if ($gatilho_known = 0)", "# 3.": "3.", "# 18.": "18.",
          "# 34.": "34.", "# 5": "5", "listen 443 ssl;": "listen 443 ;",
        ], "FAIL", "the allow-list sees the proxy's address"
      ),
    ]

  @Test(arguments: cases.indices)
  func `a limit or an allow-list that meets Gupy is found in nginx's files`(
    _ index: Int
  ) async throws {
    let (nginx, state, words) = Self.cases[index]
    try await onFolder(nginx) { stage, file in
      let check = try await stage.gatilhoctl(["check"], environment: ["GATILHO_NGINX": file])
      let line = try #require(check.line("nginx"))
      #expect(line.hasPrefix(state) && line.contains(words), "\(line)")
      #expect((check.status == .exited(0)) == (state != "FAIL"), "\(check.text)")
    }
  }

  @Test func `connections too few for slow clients are a warning`() async throws {
    try await onFolder([:]) { stage, file in
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try text.replacing("worker_connections 4096;", with: "worker_connections 768;")
        .write(toFile: file, atomically: false, encoding: .utf8)
      let check = try await stage.gatilhoctl(["check"], environment: ["GATILHO_NGINX": file])
      #expect(
        check.line("nginx")?.hasPrefix("WARN  nginx             worker_connections 768") == true)
    }
  }

  @Test func `nginx elsewhere, or for others alone, is passed over`() async throws {
    let folder = try TemporaryFolder()
    let other = try folder.write(
      "http { include *.none; server { location / { return 404; } } }", to: "nginx.conf")
    try await onStage(workers: 0) { stage, _ in
      for file in ["/nowhere/nginx.conf", other] {
        let check = try await stage.gatilhoctl(["check"], environment: ["GATILHO_NGINX": file])
        #expect(check.line("nginx") == nil)
      }
    }
  }

  @Test(arguments: [
    (#""status":429,"outcome":"","secret":"given""#, 1, "FAIL", "429 × 1, the last at"),
    (#""status":429,"outcome":"","handlerStatus":"""#, 1, "FAIL", "429 × 1, the last at"),
    (#""status":403,"outcome":"","secret":"given""#, 120, "WARN", "403 × 1, the last at"),
    (#""status":502,"outcome":"","secret":"given""#, 1, "FAIL", "502 × 1, the last at"),
    (#""status":404,"outcome":"","secret":"given""#, 1, "ok", "webhooks reach the workers"),
    (#""status":429,"outcome":"","secret":"given""#, 1_500, "ok", "webhooks reach the workers"),
    (#""status":429,"outcome":"","secret":"none""#, 1, "ok", "webhooks reach the workers"),
    (#""status":503,"outcome":"unavailable","secret":"given""#, 1, "ok", "webhooks reach"),
    (
      #""status":200,"outcome":"accepted","secret":"given","forwarded":1"#, 1, "ok",
      "webhooks reach"
    ),
  ])
  func `what nginx refused is counted in its log, as long as it may have been Gupy`(
    _ members: String, _ minutes: Double, _ state: String, _ words: String
  ) async throws {
    try await onFolder([:]) { stage, file in
      let at = Date.now.addingTimeInterval(-60 * minutes).formatted(.iso8601)
      try "no JSON\n{\"at\":\"\(at)\",\(members)}\nhalf a li".write(
        toFile: stage.folder.accessLog, atomically: false, encoding: .utf8)
      let check = try await stage.gatilhoctl(["check"], environment: ["GATILHO_NGINX": file])
      let line = try #require(check.line("nginx"))
      #expect(line.hasPrefix(state) && line.contains(words), "\(line)")
    }
  }

  @Test func `who came through a proxy shows that a limit by address counts everybody as one`()
    async throws
  {
    let change: KeyValuePairs = ["$binary_remote_addr$gatilho_secret_end": "$binary_remote_addr"]
    try await onFolder(change) { stage, file in
      let at = Date.now.formatted(.iso8601)
      try #"{"at":"\#(at)","status":200,"outcome":"accepted","forwarded":1}"#.write(
        toFile: stage.folder.accessLog, atomically: false, encoding: .utf8)
      let check = try await stage.gatilhoctl(["check"], environment: ["GATILHO_NGINX": file])
      #expect(check.line("nginx")?.contains("counts everybody as one") == true)
    }
  }

  @Test func `a webhook that nginx refused is told by the timer, until it is over`() async throws {
    try await onStage(nginx: [
      "  127.0.0.0/8 1;\n": "", "burst=1000": "burst=1", "rate=50r/s": "rate=1r/m",
    ]) { stage, gupy in
      _ = try await stage.retry()
      try await stage.expectNotSeen(.limited)
      var statuses: [Int] = []
      for number in 0..<4 { statuses.append(try await gupy.post(moved(Int64(number)).body).status) }
      #expect(statuses == [200, 200, 429, 429])
      try await eventually {
        try String(contentsOfFile: stage.folder.accessLog, encoding: .utf8).contains(":429,")
      }
      _ = try await stage.retry()
      try await stage.expectSeen(.limited, "429 × ")
      try Data().write(to: URL(filePath: stage.folder.accessLog))
      _ = try await stage.retry()
      try await stage.expectNotSeen(.limited)
    }
  }

  /// A stage that is ready, and the main file of a copy of its nginx's files with changes: nginx
  /// itself never gets to see them.
  private func onFolder(
    _ nginx: KeyValuePairs<String, String>,
    _ body: @Sendable @escaping (Stage, String) async throws -> Void
  ) async throws {
    let changes = Array(nginx)
    try await onStage(workers: 0, changes: ["retention": "365d"]) { stage, _ in
      _ = try await stage.retry()
      _ = try await stage.gatilhoctl("purge", "--yes")
      let folder = URL(filePath: stage.folder.file("copy/"))
      try FileManager.default.copyItem(
        atPath: stage.folder.file("nginx"), toPath: stage.folder.file("copy"))
      let listen = "listen 127.0.0.1:\(URL(string: stage.folder.webhookURL)?.port ?? 0) ssl;"
      for name in ["http", "location", "site"] {
        let path = folder.appending(path: "gatilho-\(name).conf").path()
        let text = try String(contentsOfFile: path, encoding: .utf8)
          .replacing(listen, with: "listen 443 ssl;")
          .replacing(stage.folder.file("nginx/"), with: folder.path())
        try changes.reduce(text) { $0.replacing($1.key, with: $1.value) }
          .write(toFile: path, atomically: false, encoding: .utf8)
      }
      try await body(stage, folder.appending(path: "nginx.conf").path())
    }
  }
}
