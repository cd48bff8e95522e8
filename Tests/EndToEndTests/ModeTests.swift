import FastCGI
import FoundationEssentials
import Glibc
import Journal
import Messaging
import Sandbox
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The program as process managers start it.
@Suite struct ModeTests {
  private let gatilho = programs + "/gatilho"

  private func parameters(_ body: [UInt8]) -> [(String, String)] {
    [
      ("REQUEST_METHOD", "POST"), ("CONTENT_LENGTH", String(body.count)),
      ("HTTP_AUTHORIZATION", "Bearer " + StageConfiguration.secret),
    ]
  }

  @Test func `a connected socket as standard input is served once`() async throws {
    try await onStage(workers: 0) { stage, _ in
      var pair: [Int32] = [0, 0]
      #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
      let body = moved().body
      let client = FastCGIClient(descriptor: pair[1])
      _ = fcntl(pair[1], F_SETFD, FD_CLOEXEC)
      client.send(Record.begin() + Record.parameters(parameters(body)) + Record.input(body))
      let status = try await start(
        gatilho, environment: stage.environment, input: FileDescriptor(rawValue: pair[0]))
      #expect(status == .exited(0))
      let answer = client.answer() ?? ""
      #expect(answer.hasPrefix("Status: 200 OK\r\n"))
      #expect(answer.contains("Gatilho-Outcome: accepted\r\n"))
      #expect(answer.contains("Server-Timing: journal;dur="))
    }
  }

  @Test func `a CGI environment is served once`() async throws {
    try await onStage(workers: 0) { stage, _ in
      let program = try await CGIProgram(stage.folder)
      defer { program.remove() }
      let body = moved().body
      let cgi = ["GATEWAY_INTERFACE": "CGI/1.1", "GATILHO_CONFIG": program.configuration]
      let environment = stage.environment.merging(parameters(body)) { $1 }.merging(cgi) { $1 }
      let answer = try await output(program.path, [], environment: environment, input: body)
      #expect(answer.hasPrefix("Status: 200 OK\r\n"))
      #expect(answer.contains("\"status\":\"accepted\""))
    }
  }

  @Test func `libcurl is loaded at the first message`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      let worker = try #require(stage.workers.all.first)
      func isLoaded() async throws -> Bool {
        try await output("/bin/cat", ["/proc/\(worker)/maps"]).contains("libcurl")
      }
      #expect(try await gupy.post(moved(1).body, secret: "wrong").status == 401)
      #expect(try await gupy.post(moved(1, mobile: nil).body).text("/status") == "undeliverable")
      #expect(try await !isLoaded())
      #expect(try await gupy.post(moved(2).body).text("/status") == "accepted")
      #expect(try await isLoaded())
    }
  }

  @Test func `without libcurl messages wait, and the log says what to install`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "libcurl.so.4")
    try await onStage(workers: 1, environment: ["LD_LIBRARY_PATH": folder.path]) { stage, gupy in
      #expect(try await gupy.post(moved(1, mobile: nil).body).text("/status") == "undeliverable")
      let answer = try await gupy.post(moved(2).body)
      #expect(answer.status == 503)
      #expect(answer.text("/status") == "unavailable")
      let log = try String(contentsOf: URL(filePath: stage.folder.log), encoding: .utf8)
      #expect(log.contains("libcurl.so.4: file too short: install libcurl4"))
      #expect(log.contains("\"level\":\"error\""))
      #expect(try stage.journal(2).map(\.kind) == ["event", "outcome"])
    }
  }

  @Test func `an idle worker ends at SIGTERM, and waits for nothing`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      _ = try await gupy.post(moved().body)
      let pid = try #require(stage.workers.all.first)
      try await expectEndsIdle(pid)
    }
  }

  @Test func `SIGTERM does not cut the request in hand`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      let event = moved(mobile: Marker.mobile("0408"))
      async let answer = stage.gupy.post(event.body)
      try await eventually { try !stage.folder.received.all().isEmpty }
      stage.workers.signal(SIGTERM)
      #expect(try await answer.text("/reason") == LibcurlReason.timeout)
    }
  }

  @Test func `a request that drips is cut, and the worker goes on`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      let client = FastCGIClient(path: stage.folder.file("gatilho.sock"))
      let announced = parameters([UInt8](repeating: 0, count: 1_000))
      client.send(Record.begin() + Record.parameters(announced))
      // The whole body would take five minutes.
      let record = Record.record(5, [0x20])
      try await eventually {
        try await Task.sleep(for: .milliseconds(300))
        return !client.send(record)
      }
      #expect(try await gupy.post(moved().body).status == 200)
    }
  }

  @Test func `started by hand it explains itself and exits 64`() async throws {
    let result = try await run(
      .path(FilePath(gatilho)), input: .none, output: .string(limit: 10_000),
      error: .string(limit: 10_000))
    #expect(result.terminationStatus == .exited(64))
    #expect(result.standardError.contains("spawn-fcgi"))
  }

  @Test func `a bad configuration ends a worker with 78 and one line that says where`() async throws
  {
    try await onStage(workers: 0, changes: ["recipients": 5]) { stage, _ in
      let socket = try FileDescriptor.listening(at: stage.folder.file("other.sock"))
      let result = try await run(
        .path(FilePath(gatilho)), environment: .exactly(stage.environment),
        input: .fileDescriptor(socket, closeAfterSpawningProcess: true),
        output: .string(limit: 10_000), error: .string(limit: 10_000))
      #expect(result.terminationStatus == .exited(78))
      #expect(
        result.standardError
          == "\(stage.folder.configuration): recipients: expected \"everyone\", \"nobody\" or a list such as [\"+5511999990000\"]\n"
      )
    }
  }

  @Test(arguments: ["GATILHO_MAX_REQUESTS", "GATILHO_IDLE_EXIT"])
  func `a lifetime that is no number ends a worker with 78`(_ variable: String) async throws {
    try await onStage(workers: 0) { stage, _ in
      let socket = try FileDescriptor.listening(at: stage.folder.file("other.sock"))
      let result = try await run(
        .path(FilePath(gatilho)),
        environment: .exactly(
          StageConfiguration.environment(stage.folder).merging([variable: "many"]) { $1 }),
        input: .fileDescriptor(socket, closeAfterSpawningProcess: true),
        output: .string(limit: 10_000), error: .string(limit: 10_000))
      #expect(result.terminationStatus == .exited(78))
      #expect(
        result.standardError
          == "\(variable): expected a whole number from 1 to 2147483647, such as 1000\n")
    }
  }

  @Test(arguments: [["GATILHO_MAX_REQUESTS": "1"], ["GATILHO_IDLE_EXIT": "1"]])
  func `a worker whose lifetime is over exits 0`(_ lifetime: [String: String]) async throws {
    try await onStage(workers: 0) { stage, _ in
      let path = stage.folder.file("other.sock")
      let socket = try FileDescriptor.listening(at: path)
      let body = moved().body
      let client = FastCGIClient(path: path)
      client.send(Record.begin() + Record.parameters(parameters(body)) + Record.input(body))
      let status = try await start(
        gatilho, environment: StageConfiguration.environment(stage.folder).merging(lifetime) { $1 },
        input: socket)
      #expect(status == .exited(0))
      #expect(client.answer()?.contains("Gatilho-Outcome: accepted\r\n") == true)
    }
  }

  @Test func `HTTPS_PROXY is honoured`() async throws {
    let proxy = LoopbackServer { _, _ in .answerAndClose(LoopbackServer.http(403)) }
    try await onStage(
      workers: 0, changes: ["provider/baseURL": "https://provider.example"]
    ) { stage, _ in
      var pair: [Int32] = [0, 0]
      #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
      _ = fcntl(pair[1], F_SETFD, FD_CLOEXEC)
      let client = FastCGIClient(descriptor: pair[1])
      let body = moved().body
      client.send(Record.begin() + Record.parameters(parameters(body)) + Record.input(body))
      let environment = stage.environment.merging(["HTTPS_PROXY": proxy.url]) { $1 }
      _ = try await start(
        gatilho, environment: environment, input: FileDescriptor(rawValue: pair[0]))
      #expect(client.answer()?.contains("\"status\":\"unavailable\"") == true)
      #expect(proxy.requests.first?.hasPrefix("CONNECT provider.example:443 ") == true)
    }
  }
}
