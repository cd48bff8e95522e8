import FoundationEssentials
import Glibc
import Handler
import JSON
import Journal
import Sandbox
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What befalls a state folder, and who says so.
@Suite struct StateFolderTests {
  private static let cpf = "11144477735"
  /// All that goes through the whole folder, with what it reads.
  private static let commands: [([String], input: String)] = [
    (["purge", "--older-than", "365d", "--yes"], ""), (["reindex"], ""),
    (["erase", "--cpf", "--yes"], cpf + "\n"), (["retry"], ""), (["events", "list"], ""),
    (["events", "show", "1"], ""), (["check"], ""),
  ]

  private func make(_ kind: String, at path: String) throws {
    switch kind {
    case "folder": try #require(mkdir(path, 0o700) == 0)
    case "pipe": try #require(mkfifo(path, 0o600) == 0)
    case "link": try #require(symlink("/etc/passwd", path) == 0)
    default: try #require(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o000) >= 0)
    }
  }

  private static let strays = [
    (".DS_Store", "file"), ("applications/.DS_Store", "file"), ("applications/002", "file"),
    ("applications/001/612000102.jsonl", "file"), ("applications/001/1001.jsonl", "folder"),
    ("applications/001/2001.jsonl", "pipe"), ("applications/001/0001.jsonl", "link"),
    ("quarantine/lost+found", "folder"), ("quarantine/0000000000000000.json", "pipe"),
    ("days/2020-01-01", "file"), ("days/2020-02-30", "folder"), ("days/2020-01-02", "pipe"),
    ("notes/.notes.swp", "file"),
  ]

  @Test(arguments: strays)
  func `what is not gatilho's stops nothing, and is named`(
    _ place: String, _ kind: String
  ) async throws {
    try await onStage(workers: 1) { stage, gupy in
      _ = try await gupy.post(moved(1).body)
      _ = try await gupy.post(Array("[]".utf8))
      Journal(state: stage.folder.state).notes.note(.clock, now: 1)
      try await stage.expectNotSeen(.strayNames)
      try make(kind, at: "\(stage.folder.state)/\(place)")
      for (command, input) in Self.commands {
        let told = try await stage.gatilhoctl(command, input: input)
        #expect(told.status == .exited(0), "\(command) \(told.error)")
      }
      try await stage.expectSeen(.strayNames, place)
      #expect(try await gupy.post(moved(1, minutesAgo: 1).body).status == 200)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "another user's file needs root"))
  func `what cannot be read is named, the rest is done, and the command says so`() async throws {
    try await onStage(workers: 1, changes: ["retention": "365d"]) { stage, gupy in
      for number in [Int64(1), 2, 1_001] {
        _ = try await gupy.post(moved(number, mobile: Marker.mobile("0503")).body)
      }
      let state = stage.folder.state
      _ = try await output("/usr/bin/chown", ["-R", "12345:12345", state])
      chmod(stage.folder.path, 0o755)
      let story = "\(state)/applications/001/1.jsonl"
      chown(story, 0, 0)
      chmod("\(state)/applications/002", 0)
      for (command, input) in Self.commands.dropLast(2) {
        let told = try await stage.gatilhoctl(command, input: input)
        #expect(told.status == .exited(75), "\(command)")
        #expect(told.error.contains("\(story): Permission denied\n"), "\(command) \(told.error)")
      }
      chown(story, 12_345, 12_345)
      chmod("\(state)/applications/002", 0o700)
      #expect(try await stage.gatilhoctl("reindex").text == "events indexed: 3\n")
    }
  }

  @Test func `a file in whose place something stands is seen, and the others go on`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      let path = Journal(state: stage.folder.state).path(of: 1)
      _ = try await gupy.post(moved(1).body)
      try await stage.expectNotSeen(.unreadable)
      unlink(path)
      try make("pipe", at: path)
      #expect(try await gupy.post(moved(1, minutesAgo: 1).body).status == 503)
      try await stage.expectSeen(.unreadable, "\(path): No such device or address")
      #expect(try await gupy.post(moved(2).body).status == 200)
      #expect(try await stage.health.get().status == 200)
    }
  }

  /// A state folder in memory for as long as the body runs.
  private func onMemory(
    _ options: String, _ body: @Sendable @escaping (Stage, FakeGupy) async throws -> Void
  ) async throws {
    try await onStage(workers: 1) { stage, gupy in
      let state = stage.folder.state
      try #require(mount("tmpfs", state, "tmpfs", 0, options) == 0)
      do {
        try await body(stage, gupy)
        umount2(state, Int32(MNT_DETACH))
      } catch {
        umount2(state, Int32(MNT_DETACH))
        throw error
      }
    }
  }

  @Test(.enabled(if: geteuid() == 0, "mounting a small file system needs root"))
  func `a disk without another inode is seen by all, and is no matter of its owner`() async throws {
    try await onMemory("nr_inodes=16,mode=0700") { stage, gupy in
      #expect(try await stage.health.get().status == 200)
      let answers = try await (1...12).asyncMap { number in
        try await gupy.post(moved(Int64(number)).body).status
      }
      #expect(answers.contains(200) && answers.contains(503))
      #expect(try await stage.health.get().status == 503)
      try await stage.expectSeen(.noRoom, " inodes")
      let check = try await stage.gatilhoctl("check")
      #expect(check.status == .exited(78))
      #expect(check.line("state")?.contains("make room") == true)
      let metrics = try await stage.look("/gatilho_metrics").get()
      let text = String(decoding: metrics.body, as: UTF8.self)
      #expect(text.firstMatch(of: /\ngatilho_disk_free_inodes [0-3]\n/) != nil)
      #expect(text.contains("\ngatilho_healthy 0\n"))
      #expect(text.contains("gatilho_concern{concern=\"state\"} 0\n"))
    }
  }

  @Test(.enabled(if: geteuid() == 0, "mounting a small file system needs root"))
  func `a disk that will soon be full is seen, and webhooks are taken`() async throws {
    try await onMemory("size=64m,mode=0700") { stage, gupy in
      #expect(try await gupy.post(moved(1).body).status == 200)
      try await stage.expectSeen(.littleRoom)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "mounting a small file system needs root"))
  func `a disk that has become read-only is seen by all`() async throws {
    try await onMemory("mode=0700") { stage, gupy in
      _ = try await gupy.post(moved(1).body)
      try #require(
        mount("", stage.folder.state, "", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
      #expect(try await gupy.post(moved(2).body).status == 503)
      try await stage.expectSeen(.state, "Read-only file system")
      try await stage.expectNotSeen(.noRoom)
      let check = try await stage.gatilhoctl("check")
      #expect(check.line("state")?.contains("mount it writable") == true)
    }
  }

  @Test(arguments: [
    ("EDQUOT", "noRoom", "make room"), ("ENOSPC", "noRoom", "make room"),
    ("EIO", "state", "see to the disk"), ("EACCES", "state", "give it to the user"),
    ("EROFS", "state", "mount it writable"),
  ])
  func `each failure of the disk has its own advice`(
    _ error: String, _ concern: String, _ advice: String
  ) async throws {
    try await onStage(workers: 0) { stage, _ in
      let environment = stage.environment.map { (Environment.Key(stringLiteral: $0), $1) }
      let check = try await run(
        .name("strace"),
        arguments: [
          "-f", "-o", "/dev/null", "-e", "trace=pwrite64", "-e", "inject=pwrite64:error=\(error)",
          programs + "/gatilhoctl", "check",
        ], environment: .inherit.updating(Dictionary(uniqueKeysWithValues: environment)),
        output: .string(limit: 20_000))
      let lines = check.standardOutput.split(separator: "\n")
      let state = lines.first { $0.dropFirst(6).hasPrefix("state  ") }
      #expect(state?.contains(advice) == true, "\(check.standardOutput)")
      #expect(lines.contains { $0.hasPrefix("FAIL  \(concern)  ") })
    }
  }

  @Test func `a second configuration with the same state is refused, and seen from both sides`()
    async throws
  {
    let folder = try TemporaryFolder()
    try await onStage(workers: 1, changes: ["retention": "365d"]) { stage, gupy in
      let event = moved(1)
      #expect(try await gupy.post(event.body).status == 200)
      let other = folder.path + "/gatilho.json"
      try FileManager.default.copyItem(atPath: stage.folder.configuration, toPath: other)
      let socket = try FileDescriptor.listening(at: folder.path + "/gatilho.sock")
      let status = try await start(
        programs + "/gatilho",
        environment: stage.environment.merging(["GATILHO_CONFIG": other]) { $1 }, input: socket)
      #expect(status == .exited(78))
      try await stage.expectSeen(.sharedState, other)

      let copy = try await stage.gatilhoctl("check", "--config", other)
      #expect(copy.line("configuration")?.hasPrefix("WARN ") == true)
      #expect(copy.line("configuration")?.contains("read \(stage.folder.configuration)") == true)
      for command in [["retry"], ["purge", "--yes"]] {
        let told = try await stage.gatilhoctl(command + ["--config", other])
        #expect(told.status == .exited(78), "\(command)")
        #expect(told.error.contains("gatilhoctl state adopt --config \(other)"))
        let dry = try await stage.gatilhoctl(command + ["--dry-run", "--config", other])
        #expect(dry.status == .exited(0), "\(command)")
      }

      let asked = try await stage.gatilhoctl("state", "adopt", "--config", other)
      #expect(asked.status == .exited(64))
      #expect(asked.text == "old: \(stage.folder.configuration)\nnew: \(other)\n")
      #expect(try await gupy.post(event.body).status == 200)
      let adopted = try await stage.gatilhoctl("state", "adopt", "--yes", "--config", other)
      #expect(adopted.status == .exited(0))
      #expect(try await gupy.post(event.body).status == 500)
      let back = try await stage.gatilhoctl("state", "adopt", "--yes")
      #expect(back.status == .exited(0))
      #expect(try await gupy.post(event.body).text("/duplicate") == "true")
      #expect(
        try await stage.gatilhoctl("state", "adopt").text.hasSuffix("nothing to do\n"))
      try await stage.expectNotSeen(.sharedState)
    }
  }
}

extension Sequence {
  /// One after the other.
  fileprivate func asyncMap<Value>(
    _ transform: (Element) async throws -> Value
  ) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
