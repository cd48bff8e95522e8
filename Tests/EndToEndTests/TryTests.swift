import FoundationEssentials
import JSON
import Messaging
import Sandbox
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// `gatilhoctl try` and `gatilhoctl providers`.
@Suite struct TryTests {
  /// Runs `gatilhoctl`, with a webhook on its standard input.
  private func gatilhoctl(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = []
  ) async throws -> (text: String, error: String, status: TerminationStatus) {
    let result = try await run(
      .path(FilePath(programs + "/gatilhoctl")), arguments: Arguments(arguments),
      environment: .exactly(environment),
      input: .fileDescriptor(
        FileDescriptor(rawValue: inputFile(input)), closeAfterSpawningProcess: true),
      output: .string(limit: 100_000), error: .string(limit: 100_000))
    return (result.standardOutput, result.standardError, result.terminationStatus)
  }

  @Test func `try shows fields, rules, decision and request, hides secrets and keeps nothing`()
    async throws
  {
    let messages: JSONValue = [
      ["event": "application.created", "template": "a"],
      ["event": "application.moved", "template": "b", "when": ["job.name": "Gerente*"]],
      ["event": "application.moved", "template": "c", "parameters": ["{{candidate.name}}"]],
      ["event": "application.moved", "template": "d"],
    ]
    try await onStage(workers: 0, changes: ["messages": messages, "recipients": "nobody"]) {
      stage, _ in
      var event = moved()
      event.cpf = "11111111111"
      let tried = try await gatilhoctl(
        ["try", "-"], environment: stage.environment, input: event.body)
      #expect(tried.status == .exited(0))
      for line in [
        "event       application.moved \(event.id)\n",
        "            candidate.name: \(Marker.name)\n",
        "problems    candidate.identificationDocument: notCPF\n",
        "rules       application.created → a: no, for application.created\n",
        "            application.moved → b: no, job.name is \"Padeiro(a) Noturno\", not \"gerente*\"\n",
        "            application.moved → c: matches\ndecision    ignored: notARecipient\n",
        "request     POST \(stage.folder.providerURL)/v1/messages/send\n",
        "            Authorization: Bearer HIDDEN\n",
        "\"\(Marker.name)\"\n",
      ] { #expect(tried.text.contains(line), "\(line)") }
      #expect(!tried.text.contains("→ d"))
      #expect(!tried.text.contains(StageConfiguration.key))
      #expect(try FileManager.default.contentsOfDirectory(atPath: stage.folder.state).isEmpty)
    }
  }

  @Test func `try sends after a yes, to whom it is told, and says how the answer is classed`()
    async throws
  {
    try await onStage(changes: ["recipients": "nobody"]) { stage, _ in
      let send = ["try", "--send", "--to", "(11) 9 8888-7777"]
      let asked = try await gatilhoctl(send, environment: stage.environment)
      #expect(asked.status == .exited(64))
      #expect(try stage.folder.received.all().isEmpty)
      let sent = try await gatilhoctl(send + ["--yes"], environment: stage.environment)
      #expect(sent.status == .exited(0), "\(sent.error)")
      #expect(sent.text.contains("decision    send mudanca_de_etapa\n"))
      #expect(sent.text.contains("\nanswer      200\n{\"message\":{"))
      #expect(sent.text.contains("\nmeans       accepted, message callbell-try-"))
      #expect(try stage.folder.received.all().map(\.recipient) == ["5511988887777"])
      let refused = try await gatilhoctl(
        ["try", "--send", "--yes", "--to", "11955550400"], environment: stage.environment)
      #expect(refused.status == .exited(1))
      #expect(refused.text.contains("\nanswer      422\n"))
      #expect(refused.text.hasSuffix("\nmeans       rejected, invalid\n"))
      let toNobody = try await gatilhoctl(
        ["try", "--send", "--yes"], environment: stage.environment)
      #expect(toNobody.error == "nothing is sent: ignored: notARecipient\n")
      #expect(toNobody.status == .exited(1))
    }
  }

  @Test func `try says why a body is no event`() async throws {
    try await onStage(workers: 0) { stage, _ in
      for (body, problem) in [
        ("{", "not JSON"), ("{}", "id: expected a string of 1 to 200 characters"),
        (
          #"{"id":"a","event":"job.published","date":"2026-03-04T18:30:12Z"}"#,
          "event: expected application.created or application.moved, found job.published"
        ),
      ] {
        let tried = try await gatilhoctl(
          ["try", "-"], environment: stage.environment, input: Array(body.utf8))
        #expect(tried.status == .exited(65))
        #expect(tried.error == "-: \(problem)\n")
      }
      let absent = try await gatilhoctl(["try", "/nowhere"], environment: stage.environment)
      #expect(absent.status == .exited(66))
      #expect(absent.error == "cannot read /nowhere: No such file or directory\n")
    }
  }

  @Test func `a secret in the address is shown nowhere, also where the provider quotes it`()
    async throws
  {
    let server = LoopbackServer { _, request in
      let path = request.split(separator: " ")[1]
      return .answer(LoopbackServer.http(404, "{\"error\":\"no \(path)\"}"))
    }
    let provider: [String: JSONValue] = ["provider/baseURL": .string(server.url)]
    try await onStage(provider: "zapi-text", workers: 0, changes: provider) { stage, _ in
      for command in [["try", "--send", "--yes", "--to", "11955550101"], ["check", "--live"]] {
        let told = try await gatilhoctl(command, environment: stage.environment)
        #expect((told.text + told.error).contains("/token/HIDDEN/"), "\(told.text)")
        #expect(!(told.text + told.error).contains(StageConfiguration.key))
      }
      #expect(server.requests.allSatisfy { $0.contains("/token/\(StageConfiguration.key)/") })
      #expect(server.requests.count == 2)
    }
  }

  @Test func `providers lists each profile with its settings, and prints one as it is`()
    async throws
  {
    let list = try await gatilhoctl(["providers"]).text
    for (name, bytes) in ProviderProfile.builtIn {
      #expect(("\n" + list).contains("\n\(name)\n"))
      #expect(
        try await gatilhoctl(["providers", "show", name]).text
          == String(decoding: bytes, as: UTF8.self))
    }
    #expect(list.contains("  token      secret          API token"))
    #expect(list.contains("  bot        optional        bot_start or bot_end"))
    #expect(list.contains("  optIn      yesNo           true: you hold"))
    #expect(try await gatilhoctl(["providers", "show", "x"]).status == .exited(64))
  }

  @Test func `providers lint names the place of a mistake`() async throws {
    let folder = try TemporaryFolder()
    let bytes = try #require(ProviderProfile.builtIn["callbell"])
    let text = String(decoding: bytes, as: UTF8.self)
    let good = try folder.write(text, to: "good.json")
    #expect(try await gatilhoctl(["providers", "lint", good]).text.hasPrefix("\(good): fine\n"))
    let bad = try folder.write(text.replacing("{{channel}}", with: "{{kanal}}"), to: "bad.json")
    let linted = try await gatilhoctl(["providers", "lint", bad])
    #expect(linted.status == .exited(78))
    #expect(
      linted.error == "\(bad): send.json.channel_uuid: {{kanal}} is no setting, secret or path\n")
  }
}
