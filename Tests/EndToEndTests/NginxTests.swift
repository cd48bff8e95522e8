import FoundationEssentials
import HTTPClient
import JSON
import Messaging
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import Sandbox

/// What stands in `nginx/`, as real nginx understands it.
@Suite struct NginxTests {
  @Test(arguments: ["gatilho-upstream", "gatilho-upstream-tcp", "gatilho-upstream-hosts"])
  func `nginx accepts the project's files with each upstream`(_ upstream: String) async throws {
    let text = try projectText("nginx/\(upstream).conf")
    try await onStage(workers: 0) { stage, _ in
      try text.write(
        toFile: stage.folder.file("nginx/gatilho-upstream.conf"), atomically: false,
        encoding: .utf8)
      let result = try await run(
        .path("/usr/sbin/nginx"),
        arguments: ["-t", "-p", stage.folder.file("nginx"), "-c", "nginx.conf", "-e", "stderr"],
        output: .string(limit: 10_000), error: .string(limit: 10_000))
      #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
      #expect(!result.standardError.contains("[warn]"), "\(result.standardError)")
    }
  }

  @Test func `nginx accepts the container's files, and those that an operator adds`() async throws {
    let folder = try TemporaryFolder()
    for name in ["http", "upstream-tcp", "location", "real-ip"] {
      try folder.write(try projectText("nginx/gatilho-\(name).conf"), to: "gatilho-\(name).conf")
    }
    let places = [
      "/etc/gatilho-container/": folder.path + "/",
      "/etc/gatilho/nginx/*":
        folder.path + "/gatilho-real-ip*", "/tmp/nginx": folder.path + "/nginx",
    ]
    let main = places.reduce(try projectText("nginx/container/nginx.conf")) {
      $0.replacing($1.key, with: $1.value)
    }
    let file = try folder.write(main, to: "nginx.conf")
    let location = folder.path + "/gatilho-location.conf"
    try String(contentsOfFile: location, encoding: .utf8)
      .replacing("/var/log/nginx", with: folder.path)
      .write(toFile: location, atomically: false, encoding: .utf8)
    let result = try await run(
      .path("/usr/sbin/nginx"), arguments: ["-t", "-c", file, "-e", "stderr"],
      output: .string(limit: 10_000), error: .string(limit: 10_000))
    #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
    #expect(!result.standardError.contains("[warn]"), "\(result.standardError)")
  }

  @Test(arguments: [([:], "127.0.0.1"), (["GATILHO_LISTEN": "0.0.0.0"], "0.0.0.0")])
  func `workers in a container listen on 127.0.0.1 unless told`(
    _ told: [String: String], _ address: String
  ) async throws {
    try await onStage(workers: 0) { stage, _ in
      let script = stage.folder.file("gatilho-workers")
      try projectText("nginx/container/gatilho-workers").replacing(
        "/usr/local/bin/", with: programs
      )
      .write(toFile: script, atomically: false, encoding: .utf8)
      let port = try FreePort.next()
      let own = [
        "GATILHO_PORT": String(port), "GATILHO_WORKERS": "1", "PATH": "/usr/bin:/bin",
        "STAGE": stage.folder.path,
      ]
      let environment = stage.environment.merging(own) { $1 }.merging(told) { $1 }
      _ = try await run(
        .path("/bin/sh"), arguments: [script], environment: .exactly(environment), input: .none,
        output: .discarded, error: .discarded
      ) { execution in
        try await eventually {
          try await output("/bin/ss", ["-Hltn", "sport = :\(port)"]).contains(
            " \(address):\(port) ")
        }
        // multiwatch forgets a signal that comes before its first worker.
        try await eventually { !stage.folder.processes.isEmpty }
        try execution.send(signal: .terminate)
      }
    }
  }

  private static let handshakes: [(arguments: [String], isAccepted: Bool)] = [
    (["-tls1_3"], true),
    (["-tls1_2"], true),
    (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"], true),
    (["-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305"], true),
    (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256"], false),
    (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-SHA"], false),
    (["-tls1_2", "-curves", "P-521"], false),
    (["-tls1_1", "-cipher", "ALL@SECLEVEL=0"], false),
    (["-tls1", "-cipher", "ALL@SECLEVEL=0"], false),
  ]

  @Test func `TLS is that of the intermediate profile`() async throws {
    try await onStage(workers: 0) { stage, _ in
      let host = try #require(URL(string: stage.folder.webhookURL)?.port)
      for (arguments, isAccepted) in Self.handshakes {
        let result = try await run(
          .name("openssl"),
          arguments: Arguments(["s_client", "-connect", "localhost:\(host)"] + arguments),
          input: .none, output: .discarded, error: .discarded)
        #expect(result.terminationStatus.isSuccess == isAccepted, "\(arguments)")
      }
    }
  }

  @Test func `a path is a customer: its own file and journal, or 404`() async throws {
    let line = "/gupy/padaria /etc/gatilho/padaria.json;"
    try await onStage(nginx: ["# \(line)": line]) { (stage, gupy) async throws in
      let folder = stage.folder
      let state = try stage.addPadaria()
      #expect(try await gupy.post(moved().body).text("/status") == "accepted")
      let padaria = FakeGupy(url: folder.webhookURL + "/padaria", caFile: folder.certificate)
      #expect(try await padaria.post(moved().body).text("/status") == "accepted")
      #expect(FileManager.default.fileExists(atPath: state + "/applications/101/612000101.jsonl"))
      let unknown = FakeGupy(url: folder.webhookURL + "/outra", caFile: folder.certificate)
      let answer = try await unknown.post(moved(3).body)
      #expect(answer.status == 404)
      #expect(answer.text("/detail") == "Answered by nginx, not by gatilho.")
    }
  }

  @Test(arguments: [
    ("/gupy/", "200"), ("/gupy//", "200"), ("/gupy/padaria/", "200"), ("/gupyx", "404"),
    ("/gupy/outra/", "404"), ("/gupyx/", "404"),
  ])
  func `a slash at the end of a path changes nothing`(_ path: String, _ status: String) async throws
  {
    let line = "/gupy/padaria /etc/gatilho/padaria.json;"
    try await onStage(nginx: ["# \(line)": line]) { (stage, _) async throws in
      let folder = stage.folder
      let state = try stage.addPadaria()
      #expect(String(try await stage.look(path).post(moved().body).status) == status)
      let own = path.contains("padaria") ? state : folder.state
      let isThere = FileManager.default.fileExists(
        atPath: own + "/applications/101/612000101.jsonl")
      #expect(isThere == (status == "200"))
    }
  }

  @Test func `a stranger uses up nothing of Gupy's, although a proxy lends both its address`()
    async throws
  {
    try await onStage(nginx: [
      "  127.0.0.0/8 1;\n": "", "burst=1000": "burst=20", "rate=50r/s": "rate=1r/m",
      "zone=gatilho:1m": "zone=gatilho:32k",
    ]) { (stage, gupy) async throws in
      for secret in [nil, "wrong", StageConfiguration.secret + "x"] {
        var statuses: Set<Int> = []
        for _ in 0..<30 { statuses.insert(try await gupy.post([], secret: secret).status) }
        #expect(statuses == [401, 429])
      }
      for number in 0..<300 {
        #expect(try await gupy.post([], secret: "wrong \(number)").status == 401)
      }
      for number in 0..<20 {
        #expect(try await gupy.post(moved(Int64(number)).body).status == 200)
      }
    }
  }

  private static let borrowed = [
    "X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Proto", "X-Forwarded-Host",
  ]

  @Test(arguments: ["/gatilho_health", "/gatilho_status", "/gatilho_metrics"])
  func `whoever comes through a proxy on this host is not this host`(
    _ path: String
  ) async throws {
    try await onStage { (stage, _) async throws in
      func status(_ headers: [String]) throws -> Int {
        let request = HTTPRequest(
          method: .get, url: stage.folder.webhookURL.replacing("/gupy", with: path),
          headers: headers.map { HTTPRequest.Header(name: $0, value: "127.0.0.1") }, body: [])
        return try HTTPClient().send(request, caFile: stage.folder.certificate).status
      }
      #expect(try status([]) == 200)
      for header in Self.borrowed { #expect(try status([header]) == 403, "\(header)") }
    }
    // As where a terminator on this host ends TLS, and adds no header.
    try await onStage(nginx: [",$https,": ",,"]) { (stage, _) async throws in
      #expect(try await stage.look(path).get().status == 403)
    }
  }

  @Test func `a burst passes the limit, and what comes on top is told to come again`() async throws
  {
    let location = try projectText("nginx/gatilho-location.conf")
    #expect(location.contains("limit_req zone=gatilho burst=1000 nodelay;"))
    try await onStage(nginx: [
      "  127.0.0.0/8 1;\n": "", "burst=1000": "burst=50", "rate=50r/s": "rate=1r/m",
    ]) { (_, gupy) async throws in
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<60 { group.addTask { try await gupy.post([], secret: nil).status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.count { $0 == 401 } == 51)
      #expect(statuses.count { $0 == 429 } == 9)
    }
  }

  @Test(arguments: [("127.0.0.0/8 1;", 200), ("203.0.113.0/24 1;", 403)])
  func `the allow-list lets known addresses in and nobody else`(
    known: String, status: Int
  ) async throws {
    try await onStage(nginx: [
      "# if ($gatilho_known = 0)": "if ($gatilho_known = 0)", "127.0.0.0/8 1;": known,
    ]) { (_, gupy) async throws in
      #expect(try await gupy.post(moved().body).status == status)
    }
  }

  @Test func `nginx logs outcome and times as JSON, and neither query nor person`() async throws {
    try await onStage { (stage, _) async throws in
      let asked = FakeGupy(
        url: stage.folder.webhookURL + "?key=\(Marker.letters)", caFile: stage.folder.certificate)
      _ = try await asked.post(moved().body)
      _ = try await asked.post(moved().body, secret: Marker.letters)
      _ = try await asked.get()
      // nginx writes the line when it has sent the answer.
      let log = stage.folder.accessLog
      try await eventually {
        try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").count == 3
      }
      let text = try String(contentsOfFile: log, encoding: .utf8)
      let lines = text.split(separator: "\n").compactMap { JSONValue(Array($0.utf8)) }
      #expect(lines.map { $0.at("/status") } == [200, 401, 405])
      #expect(lines.map { $0.at("/outcome") } == ["accepted", "unauthorized", ""])
      #expect(lines.allSatisfy { $0.at("/seconds") != nil && $0.at("/at") != nil })
      #expect(!text.contains("127.0.0.1"))
    }
  }

  @Test func `health is for this host, and says what a webhook would meet`() async throws {
    try await onStage { (stage, _) async throws in
      let answer = try await stage.health.get()
      #expect(answer.status == 200)
      #expect(answer.text("/status") == "healthy")
      #expect(try await stage.health.post([]).status == 405)
      try FileManager.default.moveItem(
        atPath: stage.folder.state, toPath: stage.folder.state + "-gone")
      let ill = try await stage.health.get()
      #expect(ill.status == 503)
      #expect(ill.text("/detail")?.contains("state folder") == true)
    }
    try await onStage(nginx: ["  allow 127.0.0.1;\n": ""]) { (stage, _) async throws in
      #expect(try await stage.health.get().status == 403)
    }
  }
}

extension Stage {
  /// Adds a customer of whom nginx's map tells; the state folder.
  fileprivate func addPadaria() throws -> String {
    let state = folder.file("padaria")
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
    try String(contentsOfFile: folder.configuration, encoding: .utf8)
      .replacing(folder.state, with: state)
      .write(toFile: folder.file("padaria.json"), atomically: false, encoding: .utf8)
    return state
  }
}
