import FoundationEssentials
import Gupy
import HTTPClient
import JSON
import Journal
import Sandbox
import TestSupport
import Testing

/// Bodies as keyboards, spreadsheets and middleware leave them: nginx → worker → provider.
@Suite struct DecodeTests {
  /// The body of an event as text, with a name of its own in place of Bianca's.
  private static func body(_ name: String, _ id: String = UUID().uuidString) -> String {
    """
    {"id":"\(id)","event":"application.moved","date":"2026-03-04T18:30:12Z","data":{\
    "application":{"id":612000101,"currentStep":{"name":"Seleção","type":"offline"}},\
    "job":{"name":"Padeiro"},"candidate":{"name":"\(name)","mobileNumber":"\(Marker.mobile())"}}}
    """
  }

  private static func utf16(_ text: String, isBig: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBig ? bytes : bytes.reversed()
    }
  }

  @Test(arguments: [
    ("bom.json", "5511955550101"), ("date-padded.json", "5511955550101"),
    ("duplicate-key.json", "5511955550199"), ("manualCandidate.json", "5511955550101"),
    ("raw-tab-in-name.json", "5511955550101"), ("gzip.json.gz", "5511955550101"),
  ])
  func `a body that is odd and means one thing is sent`(
    _ name: String, _ recipient: String
  ) async throws {
    try await onStage { stage, gupy in
      let answer = try await gupy.post(try fixture("cases/body-\(name)"))
      #expect(answer.status == 200)
      #expect(answer.text("/status") == "accepted")
      let received = try stage.folder.received.all()
      #expect(received.map(\.recipient) == [recipient])
      #expect(received.first?.values.first == "Bianca")
      let problems = try stage.journal(612_000_901).first?.at("/event/problems")
      let isBroken = name.hasPrefix("raw-tab")
      #expect(
        problems == (isBroken ? [["path": "candidate.name", "problem": "unreadable"]] : []))
    }
  }

  @Test func `a body in another encoding is sent with every letter`() async throws {
    try await onStage { stage, gupy in
      let name = "\(Marker.letters) João d’Ávila"
      let cp1252: [Character: UInt8] = ["ã": 0xE3, "Á": 0xC1, "ç": 0xE7, "’": 0x92]
      let bodies =
        [true, false].flatMap { isBig in
          ["", "\u{FEFF}"].map { Self.utf16($0 + Self.body(name), isBig: isBig) }
        } + [
          Self.body(name).map { $0.asciiValue ?? cp1252[$0] ?? 0x3F },
          gzip(Array(Self.body(name).utf8)),
          gzip(Self.utf16(Self.body(name), isBig: false)),
        ]
      for (number, body) in bodies.enumerated() {
        // Of one application, one date and one step: `repeated` after the first.
        let answer = try await gupy.post(body)
        #expect(answer.status == 200)
        #expect(answer.text("/status") == (number == 0 ? "accepted" : "ignored"))
      }
      #expect(try stage.folder.received.all().map(\.values.first) == [name])
      for line in try stage.journal(612_000_101) where line.kind == "event" {
        #expect(line.at("/event/candidate/name")?.text == name)
        #expect(line.at("/event/currentStep/name") == "Seleção")
      }
    }
  }

  /// Cut JSON, a member of gzip that is cut, HTML, UTF-32, zlib, a form.
  private static let strange: [[UInt8]] = [
    Array("{".utf8), Array("{\"id\":\"a\"".utf8), Array("\u{FEFF}nothing".utf8),
    Array(gzip(Array("{}".utf8)).dropLast()), Array("<html>não</html>".utf8), [0xFF],
    "{}".unicodeScalars.flatMap { [UInt8($0.value), 0, 0, 0] }, [0x78, 0x9C, 1, 2, 3],
    Array("id=e&event=application.moved".utf8), [0],
  ]

  @Test func `what is whole and no JSON is kept as it came, once, and can be dealt with later`()
    async throws
  {
    try await onStage { stage, gupy in
      for body in Self.strange + Self.strange {
        let answer = try await gupy.post(body)
        #expect(answer.status == 200)
        #expect(answer.text("/status") == "quarantined")
        #expect(answer.text("/problems/0/problem") == "expected JSON")
      }
      let folder = stage.folder.state + "/quarantine"
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names.count == Self.strange.count && names.allSatisfy { $0.hasSuffix(".json") })
      let kept = try names.map { [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
      #expect(Set(kept) == Set(Self.strange))
      #expect(try stage.folder.received.all().isEmpty)
    }
  }

  @Test func `a body that an earlier version could not read is taken up by retry`() async throws {
    try await onStage { stage, gupy in
      _ = try await gupy.post(Array("{".utf8))
      let folder = stage.folder.state + "/quarantine"
      let body = Self.utf16(Self.body(Marker.name), isBig: true)
      try Data(body).write(to: URL(filePath: folder + "/00000000000000aa.json"))
      let told = try await stage.retry("--status", "quarantine")
      #expect(told.status == .exited(0), "\(told.error)")
      #expect(try stage.folder.received.all().map(\.values.first) == [Marker.name])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
    }
  }

  @Test(arguments: ["", " ", "\r\n\t"])
  func `an empty body is refused, for nothing is in it`(_ body: String) async throws {
    try await onStage { stage, gupy in
      let answer = try await gupy.post(Array(body.utf8))
      #expect(answer.status == 400)
      #expect(answer.text("/detail") == "The body is empty.")
      let names = try FileManager.default.contentsOfDirectory(atPath: stage.folder.state)
      #expect(Set(names).isDisjoint(with: ["applications", "days", "quarantine"]))
    }
  }

  @Test func `a secret in a file with a byte order mark is the secret`() async throws {
    try await onStage(workers: 1) { stage, gupy in
      let file = stage.folder.file("secret")
      try Data("\u{FEFF}um-outro-segredo-de-teste\n".utf8).write(to: URL(filePath: file))
      try stage.change("gupy/secrets", to: [.string("file:" + file)])
      let event = moved()
      #expect(try await gupy.post(event.body, secret: "um-outro-segredo-de-teste").status == 200)
      #expect(try await gupy.post(event.body).status == 401)
    }
  }

  @Test func `a candidate of whom an odd CPF was kept is found and erased`() async throws {
    try await onStage(workers: 0) { stage, _ in
      // As an earlier version kept them: as sent.
      for (number, document) in ["５２９９８２２４７２５", "529\u{2212}982–247 25", "1234567890"].enumerated()
      {
        let file = Journal(state: stage.folder.state).path(of: Int64(number))
        try FileManager.default.createDirectory(
          at: URL(filePath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
        let line = """
          {"at":"2026-03-04T18:30:13.000Z","event":{"application":{"id":"\(number)"},"candidate":\
          {"email":"bia@example.com","identificationDocument":"\(document)"},\
          "date":"2026-03-04T18:30:12.000Z","problems":[{"path":\
          "candidate.identificationDocument","problem":"notCPF"}],"type":"application.moved"},\
          "eventId":"e\(number)"}
          """
        try Data((line + "\n").utf8).write(to: URL(filePath: file))
      }
      let quarantine = stage.folder.state + "/quarantine"
      try FileManager.default.createDirectory(
        atPath: quarantine, withIntermediateDirectories: true)
      let packed = gzip(Array(#"{"contato":"Bia <BIA@example.com>"}"#.utf8))
      try Data(packed).write(to: URL(filePath: quarantine + "/00000000000000aa.json"))
      let told = try await stage.gatilhoctl(["erase", "--cpf", "--yes"], input: "529.982.247-25\n")
      #expect(told.text.hasSuffix("erased applications: 2, events: 2, quarantined bodies: 1\n"))
      let other = try await stage.gatilhoctl(["erase", "--cpf", "--yes"], input: "01234567890\n")
      #expect(other.text.hasSuffix("erased applications: 1, events: 1, quarantined bodies: 0\n"))
    }
  }
}
