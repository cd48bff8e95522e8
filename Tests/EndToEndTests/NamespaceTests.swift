import FoundationEssentials
import Glibc
import HTTPClient
import Sandbox
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Two hosts, as far as one kernel has them: network namespaces with nginx and workers each.
@Suite struct NamespaceTests {
  @Test(.enabled(if: geteuid() == 0, "network namespaces need root"))
  func `an event that reaches two hosts at once makes one message`() async throws {
    try await onStage(workers: 0) { stage, _ in
      let hosts = try [Host(stage.folder, "a"), Host(stage.folder, "b")]
      try await withThrowingTaskGroup(of: Void.self) { group in
        for host in hosts { try await host.start(in: &group) }
        for host in hosts {
          try await eventually { (try? await host.post(to: stage, [], secret: nil)) == 401 }
        }
        let events = (1...40).map { moved(Int64($0)) }
        for event in events {
          async let first = hosts[0].post(to: stage, event.body)
          async let second = hosts[1].post(to: stage, event.body)
          #expect(try await [first, second] == [200, 200])
        }
        let received = try stage.folder.received.all().map(\.id)
        #expect(received.count == 40)
        #expect(Set(received) == Set(events.map(\.id)))
        print(
          "two hosts: 80 deliveries of 40 events, lost \(40 - Set(received).count), "
            + "sent twice \(received.count - Set(received).count)")
        group.cancelAll()
      }
      for host in hosts { try await host.remove() }
    }
  }
}

/// A network namespace in which nginx and two workers run on the stage's folder.
private struct Host {
  private let folder: StageFolder
  private let name: String
  private let prefix: String

  init(_ folder: StageFolder, _ letter: String) throws {
    self.folder = folder
    name = URL(filePath: folder.path).lastPathComponent + "-" + letter
    prefix = folder.file("nginx-" + letter)
    try FileManager.default.copyItem(atPath: folder.file("nginx"), toPath: prefix)
    let upstream = prefix + "/gatilho-upstream.conf"
    try String(contentsOfFile: upstream, encoding: .utf8)
      .replacing(folder.workerSocket, with: socket)
      .write(toFile: upstream, atomically: false, encoding: .utf8)
  }

  private var socket: String { prefix + "/gatilho.sock" }

  /// Starts all processes; they end when the group is cancelled.
  func start(in group: inout ThrowingTaskGroup<Void, any Error>) async throws {
    _ = try await output("/usr/sbin/ip", ["netns", "add", name])
    _ = try await output("/usr/sbin/ip", ["-n", name, "link", "set", "lo", "up"])
    let listener = try FileDescriptor.listening(at: socket)
    group.addTask {
      try await execute(
        ["/usr/sbin/nginx", "-p", prefix, "-c", "nginx.conf", "-g", "daemon off;"], .none)
    }
    for _ in 0..<2 {
      group.addTask {
        try await execute(
          [programs + "gatilho"],
          .fileDescriptor(listener, closeAfterSpawningProcess: false))
      }
    }
  }

  private func execute(_ command: [String], _ input: some InputProtocol) async throws {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(15))]
    _ = try await run(
      .path("/usr/sbin/ip"), arguments: Arguments(["netns", "exec", name] + command),
      environment: .exactly(StageConfiguration.environment(folder)), platformOptions: options,
      input: input, output: .discarded, error: .discarded)
  }

  func remove() async throws {
    _ = try await output("/usr/sbin/ip", ["netns", "delete", name])
  }

  /// The status of a webhook posted inside the namespace.
  func post(
    to stage: Stage, _ body: [UInt8], secret: String? = StageConfiguration.secret
  ) async throws -> Int {
    let headers = secret.map { [HTTPRequest.Header(name: "Authorization", value: $0)] } ?? []
    let request = HTTPRequest(
      method: .post, url: folder.webhookURL, headers: headers, body: body)
    return try await onThread {
      let home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)
      let there = open("/run/netns/" + name, O_RDONLY | O_CLOEXEC)
      defer {
        setns(home, CLONE_NEWNET)
        close(home)
        close(there)
      }
      guard setns(there, CLONE_NEWNET) == 0 else { throw Errno(rawValue: errno) }
      return try HTTPClient().send(
        request, limits: HTTPLimits(total: .seconds(30)), caFile: folder.certificate
      ).status
    }
  }
}
