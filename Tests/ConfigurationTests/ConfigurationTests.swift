import FoundationEssentials
import Gupy
import JSON
import Messaging
import TestSupport
import Testing

@testable import Configuration

@Suite struct ConfigurationTests {
  private static let profiles = ProviderProfile.builtIn.keys.sorted().joined(separator: ", ")

  private let folder: TemporaryFolder
  private let environment = [
    "SECRET": "s", "KEY": "k", "EMPTY": "", "BROKEN": "a\nb", "SPACED": " s",
  ]

  init() throws {
    folder = try TemporaryFolder()
  }

  private static let provider = """
    "provider": { "profile": "callbell", "settings": { "token": "env:KEY", "channel": "c", "optIn": true } }
    """
  private static let messages = """
    "messages": [{ "event": "application.created", "template": "t" }]
    """

  /// A whole configuration; `parts` replace the standard ones of the same name.
  private func text(_ parts: [String: String] = [:]) -> String {
    let standard = [
      "gupy": #""gupy": { "secrets": ["env:SECRET"] }"#, "state": #""state": "\#(folder.path)""#,
      "provider": Self.provider, "recipients": #""recipients": "everyone""#,
      "messages": Self.messages,
    ]
    let all = standard.merging(parts) { $1 }.filter { !$0.value.isEmpty }
    return "{ // a comment\n  "
      + all.sorted { $0.key < $1.key }.map(\.value).joined(separator: ",\n  ") + ",\n}"
  }

  private func load(_ parts: [String: String] = [:]) throws(DocumentError) -> Configuration {
    let file = folder.path + "/g.json"
    _ = FileManager.default.createFile(atPath: file, contents: Data(text(parts).utf8))
    return try Configuration(file: file, environment: environment)
  }

  @Test func `the design's own example is taken`() throws {
    let example = #"""
      {
        "gupy": { "url": "https://hooks.padaria.com.br/gupy", "secrets": ["env:SECRET"], "token": "env:GUPY_TOKEN",
                  "techOwner": { "name": "Ana Lima", "email": "ana@padaria.com.br" } },
        "state": "\#(folder.path)",
        "provider": { "profile": "infobip-whatsapp", "whenUnconfirmed": "hold",
                      "settings": { "account": "abc123", "apiKey": "env:KEY", "sender": "551140000000" } },
        "recipients": ["+5511999990000"],            // "everyone", "nobody", or a list
        "exceptSteps": ["Contratação"],
        "staleAfter": "24h", "retention": "365d",
        "messages": [
          { "event": "application.created", "template": "candidatura_recebida", "parameters": ["{{candidate.name}}", "{{job.name}}"] },
          { "name": "convite", "event": "application.moved", "when": { "currentStep.name": "Entrevista*", "job.name": "*Moema*" },
            "template": "convite_entrevista", "parameters": ["{{candidate.name}}", "{{job.name}}"], "once": true, "settings": { "language": "pt_BR" } },
          { "event": "application.moved", "template": "mudanca_de_etapa", "parameters": ["{{candidate.name}}", "{{currentStep.name}}", "{{previousStep.name|etapa anterior}}"] }
        ]
      }
      """#
    let file = try folder.write(example, to: "example.json")
    let configuration = try Configuration(file: file, environment: environment)
    #expect(configuration.rules.count == 3)
    #expect(configuration.staleAfter == .seconds(86_400))
    #expect(configuration.summary.contains { $0 == ("retention", "365d") })
    #expect(configuration.provider.profile.name == "infobip-whatsapp")
  }

  @Test func `an address may have a query where nothing is put behind it`() throws {
    let address = "https://hooks.example.com/a/?sig=s%2F1"
    func block(_ profile: JSONValue, _ settings: JSONValue) throws -> ProviderBlock {
      try ProviderBlock(
        StrictReader(["profile": profile, "settings": settings], file: "c"), ["URL": address])
    }
    #expect(try block("webhook", ["url": "env:URL"]).provider.baseURL == address)
    #expect(throws: DocumentError.self) {
      try block("wati", ["endpoint": .string(address), "token": "env:URL"])
    }
  }

  /// What stands in the file instead, and the complaint without the file's name.
  private static let mistakes: [([String: String], String)] = [
    (["recipients": ""], "\"recipients\" is missing"),
    (
      ["recipients": #""recipients": "all""#],
      #"recipients: expected "everyone", "nobody" or a list such as ["+5511999990000"]"#
    ),
    (
      ["recipients": #""recipients": ["1133334444"]"#],
      #"recipients[0]: expected a mobile number such as "+5511999990000""#
    ),
    (
      ["extra": #""extra": 1"#],
      "extra: unknown key; known here: exceptSteps, gupy, messages, provider, recipients, retention, staleAfter, state"
    ),
    (["state": #""state": "relative""#], "state: expected an absolute path"),
    (
      ["retention": #""retention": "47h""#],
      "retention: must be at least 48h: Gupy repeats an event for two hours, and may be late with the first"
    ),
    (
      ["state": #""state": "/nowhere/at/all""#],
      "state: /nowhere/at/all is no folder: make it, for the user that runs gatilho alone (mode 0700)"
    ),
    (
      ["staleAfter": #""staleAfter": "24""#],
      #"staleAfter: expected a duration such as "90s", "15m", "24h" or "365d""#
    ),
    (
      ["staleAfter": #""staleAfter": "-1h""#],
      #"staleAfter: expected a duration such as "90s", "15m", "24h" or "365d""#
    ),
    (
      ["staleAfter": #""staleAfter": "99999999999999999999d""#],
      #"staleAfter: expected a duration such as "90s", "15m", "24h" or "365d""#
    ),
    (["exceptSteps": #""exceptSteps": "x""#], "exceptSteps: expected an array, found a string"),
    (
      ["gupy": #""gupy": { "secrets": [] }"#], "gupy.secrets: expected one secret, or two to rotate"
    ),
    (
      ["gupy": #""gupy": { "secrets": ["hunter2"] }"#],
      #"gupy.secrets[0]: expected "env:NAME" or "file:/path": a secret never stands in this file"#
    ),
    (
      ["gupy": #""gupy": { "secrets": ["env:NONE"] }"#],
      "gupy.secrets[0]: the environment variable NONE is not set"
    ),
    (["gupy": #""gupy": { "secrets": ["env:EMPTY"] }"#], "gupy.secrets[0]: the secret is empty"),
    (
      ["gupy": #""gupy": { "secrets": ["env:BROKEN"] }"#],
      "gupy.secrets[0]: the secret holds U+000A, which no header carries or no person sees: write it anew"
    ),
    (
      ["gupy": #""gupy": { "secrets": ["env:SPACED"] }"#],
      "gupy.secrets[0]: the secret begins or ends with a space, which HTTP drops"
    ),
    (["exceptSteps": #""exceptSteps": [" "]"#], "exceptSteps[0]: must not be empty"),
    (
      [
        "messages":
          #""messages": [{ "event": "application.moved", "template": "t", "parameters": [" "] }]"#
      ], "messages[0].parameters[0]: must not be empty"
    ),
    (
      [
        "messages":
          #""messages": [{ "event": "application.moved", "template": "t", "parameters": "all" }]"#,
        "provider":
          #""provider": { "profile": "blip-campaign", "settings": { "key": "env:KEY", "contract": "c" } }"#,
      ], "messages[0].parameters: blip-campaign numbers its parameters: expected an array"
    ),
    (
      ["gupy": #""gupy": { "secrets": ["file:/none"] }"#],
      "gupy.secrets[0]: cannot read /none: make it a file that this user may read"
    ),
    (
      ["gupy": #""gupy": { "secrets": ["env:SECRET"], "token": "literal" }"#],
      #"gupy.token: expected "env:NAME" or "file:/path": a secret never stands in this file"#
    ),
    (
      ["gupy": #""gupy": { "secrets": ["env:SECRET"], "baseURL": "http://api.gupy.io" }"#],
      #"gupy.baseURL: expected "https://host…" without user, query or fragment ("http://" only to loopback)"#
    ),
    (
      ["gupy": #""gupy": { "secrets": ["env:SECRET"], "baseUrl": "https://api.gupy.io" }"#],
      "gupy.baseUrl: unknown key; known here: baseURL, secrets, techOwner, token, url"
    ),
    (
      [
        "messages": "",
        "provider": #""provider": { "profile": "webhook", "settings": { "url": "env:KEY" } }"#,
      ],
      #"provider: expected "https://host…" without user, query or fragment ("http://" only to loopback)"#
    ),
    (
      ["provider": #""provider": { "profile": "none" }"#],
      #"provider.profile: no profile "none"; known: \#(profiles), or the path of your own: "/etc/…""#
    ),
    (
      [
        "provider":
          #""provider": { "profile": "callbell", "settings": { "token": "env:KEY", "optIn": true } }"#
      ], "provider: settings.channel is missing: uuid of the WhatsApp channel"
    ),
    (
      ["provider": #""provider": { "profile": "callbell", "settings": { "token": "abc" } }"#],
      #"provider.settings.token: expected "env:NAME" or "file:/path": a secret never stands in this file"#
    ),
    (
      ["provider": #""provider": { "profile": "callbell", "settings": { "chanel": "c" } }"#],
      "provider.settings.chanel: unknown key; known here: bot, channel, optIn, token"
    ),
    (
      ["provider": #""provider": { "profile": "callbell", "whenUnconfirmed": "pray" }"#],
      #"provider.whenUnconfirmed: expected one of "hold", "resend", found "pray""#
    ),
    (
      [
        "provider": provider.replacing(
          "{ \"profile\"", with: "{ \"baseURL\": \"http://example.com\", \"profile\"")
      ],
      #"provider.baseURL: expected "https://host…" without user, query or fragment ("http://" only to loopback)"#
    ),
    (
      [
        "provider": provider.replacing(
          "{ \"profile\"", with: "{ \"baseURL\": \"https://example.com/a b\", \"profile\"")
      ],
      #"provider.baseURL: expected "https://host…" without user, query or fragment ("http://" only to loopback)"#
    ),
    (
      [
        "provider": provider.replacing(
          "{ \"profile\"", with: "{ \"caFile\": \"/none.pem\", \"profile\"")
      ], "provider.caFile: cannot read /none.pem: make it a file that this user may read"
    ),
    (
      ["provider": provider.replacing("true", with: #""true""#)],
      "provider.settings.optIn: expected true or false, without quotes, found a string"
    ),
    (
      ["provider": provider.replacing("true", with: "1")],
      "provider.settings.optIn: expected true or false, without quotes, found a number"
    ),
    (
      ["provider": provider.replacing(#""channel": "c""#, with: #""channel": false"#)],
      "provider.settings.channel: expected a text in quotes, found true or false"
    ),
    (
      ["provider": provider.replacing(#""channel": "c""#, with: #""channel": ["c"]"#)],
      "provider.settings.channel: expected a text in quotes, found an array"
    ),
    (
      [
        "messages":
          #""messages": [{ "event": "application.created", "template": "t", "settings": { "optIn": "yes" } }]"#
      ],
      "messages[0].settings.optIn: expected true or false, without quotes, found a string"
    ),
    (["messages": ""], #""messages" is missing: the profile callbell needs templates"#),
    (
      [
        "provider":
          #""provider": { "profile": "zenvia-sms", "settings": { "token": "env:KEY", "sender": "s" } }"#,
        "messages": "",
      ], #""messages" is missing: the profile zenvia-sms needs texts"#
    ),
    (
      ["messages": #""messages": [{ "event": "application.created" }]"#],
      #"messages[0]: "template" is missing"#
    ),
    (
      ["messages": #""messages": [{ "event": "created", "template": "t" }]"#],
      #"messages[0].event: expected one of "application.created", "application.moved", found "created""#
    ),
    (
      [
        "messages":
          #""messages": [{ "event": "application.moved", "template": "t", "once": true }]"#
      ], #"messages[0]: a rule with "once" needs a "name""#
    ),
    (
      [
        "messages":
          #""messages": [{ "event": "application.moved", "template": "t", "parameters": ["{{candidate.nome}}"] }]"#
      ],
      "messages[0].parameters[0]: candidate.nome is no path of an event; known: event.id, event.type, event.date, companyName, job.id, job.name, job.branchCode, job.departmentCode, application.id, candidate.name, candidate.lastName, candidate.fullName, candidate.email, candidate.identificationDocument, candidate.mobileNumber, currentStep.name, currentStep.type, previousStep.name"
    ),
    (
      [
        "messages":
          #""messages": [{ "event": "application.moved", "template": "t", "parameters": ["{{candidate.name?}}"] }]"#
      ], "messages[0].parameters[0]: a parameter cannot be left out: use {{path|fallback}}"
    ),
    (
      [
        "messages":
          #""messages": [{ "name": "a", "event": "application.moved", "template": "t" }, { "name": "a", "event": "application.moved", "template": "t" }]"#
      ], #"messages: two rules have the same "name""#
    ),
    (
      ["messages": #""messages": [{ "event" "x" }]"#],
      #"line 3, column 26: expected ":" behind a name, found a quote"#
    ),
  ]

  @Test(arguments: mistakes.indices)
  func `a mistake is named with file, path and what is expected`(_ index: Int) {
    let (parts, complaint) = Self.mistakes[index]
    let error = #expect(throws: DocumentError.self) { try load(parts) }
    #expect(error?.description == folder.path + "/g.json: " + complaint)
  }

  @Test func `a file is read again when it, or a secret's file, changes`() throws {
    let secret = try folder.write("one\n", to: "secret")
    let file = try folder.write(
      text(["gupy": #""gupy": { "secrets": ["file:\#(secret)"] }"#]), to: "g.json")
    let configurations = Configurations(defaultFile: file, environment: environment)
    let first = try configurations.site(nil)
    #expect(first.configuration.secrets == ["one"])
    #expect(try configurations.site("") === first)
    try folder.write("two\n", to: "secret")
    #expect(try configurations.site(nil).configuration.secrets == ["two"])
    try folder.write("{", to: "g.json")
    #expect(throws: DocumentError.self) { try configurations.site(nil) }
  }

  @Test(arguments: ["token", "profile.json", "authorities.pem"])
  func `a file that the provider's block names is watched too`(_ name: String) throws {
    let profile =
      #"{ "base": "https://x", "secrets": { "token": "key" }, "send": { "post": "/" } }"#
    let texts = ["token": "one", "profile.json": profile, "authorities.pem": "one"]
    for (name, text) in texts { try folder.write(text, to: name) }
    let provider = """
      "provider": { "profile": "\(folder.path)/profile.json",
        "caFile": "\(folder.path)/authorities.pem",
        "settings": { "token": "file:\(folder.path)/token" } }
      """
    let file = try folder.write(text(["provider": provider]), to: "g.json")
    let configurations = Configurations(defaultFile: file, environment: environment)
    let first = try configurations.site(nil)
    #expect(try configurations.site(nil) === first)
    try folder.write(texts[name, default: ""] + "\n", to: name)
    #expect(try configurations.site(nil) !== first)
  }

  @Test func `a file that was renamed gives its state free`() throws {
    let file = try folder.write(text(), to: "g.json")
    let configurations = Configurations(defaultFile: file, environment: environment)
    _ = try configurations.site(nil)
    try FileManager.default.moveItem(atPath: file, toPath: folder.path + "/new.json")
    _ = try configurations.site(folder.path + "/new.json")
  }

  @Test func `the default file is the environment's, unless that says nothing`() {
    let standard = Configurations.standardFile
    #expect(Configurations.defaultFile(environment: [:]) == standard)
    #expect(Configurations.defaultFile(environment: ["GATILHO_CONFIG": ""]) == standard)
    #expect(Configurations.defaultFile(environment: ["GATILHO_CONFIG": "/a.json"]) == "/a.json")
    for file in ["", "a.json"] {
      let configurations = Configurations(defaultFile: file, environment: [:])
      #expect(throws: DocumentError.self) { try configurations.site(nil) }
    }
  }

  @Test(arguments: [
    "http://example.com", "ftp://127.0.0.1", "https://user@example.com", "https://x/?q",
    "https://x/#f",
    "nothing",
  ])
  func `an address on which keys and candidates would travel in clear is refused`(
    _ base: String
  ) throws {
    let profile = #"{ "base": "\#(base)", "send": { "post": "/" } }"#
    let file = try folder.write(profile, to: "profile.json")
    let error = #expect(throws: DocumentError.self) {
      try load(["provider": #""provider": { "profile": "\#(file)" }"#])
    }
    #expect(error?.problem.hasPrefix("expected \"https://host") == true)
  }

  @Test func `a mistake at the end of a long file is found at once`() throws {
    let numbers = (0..<3_000).map { #""+55119\#(10_000_000 + $0)""# }.joined(separator: ",\n")
    var error: DocumentError?
    let time = processorSeconds {
      error = #expect(throws: DocumentError.self) {
        try load(["recipients": #""recipients": [\#(numbers)"#, "state": #""state": ]"#])
      }
    }
    #expect(error?.problem == #"line 3005, column 10: expected "," or "]", found ":""#)
    #expect(time < 10)
  }

  @Test func `a request's file lies in the default file's folder and has a state of its own`()
    throws
  {
    let file = try folder.write(text(), to: "g.json")
    let other = try folder.write(text(), to: "other.json")
    let configurations = Configurations(defaultFile: file, environment: environment)
    _ = try configurations.site(nil)
    let outside = #expect(throws: DocumentError.self) { try configurations.site("/etc/passwd") }
    #expect(outside?.problem == "must lie in \(folder.path)/, where the default file is")
    #expect(throws: DocumentError.self) { try configurations.site(folder.path + "/../x.json") }
    let same = #expect(throws: DocumentError.self) { try configurations.site(other) }
    #expect(same?.problem == "\(file) has the same folder: each needs its own")
  }

  @Test(arguments: ["/./g.json", "//g.json", "/./././/g.json", "/link.json", "/hard.json"])
  func `another name of the default file changes nothing, whoever comes first`(
    name: String
  ) throws {
    let file = try folder.write(text(), to: "g.json")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.json", withDestinationPath: file)
    try FileManager.default.linkItem(atPath: file, toPath: folder.path + "/hard.json")
    let configurations = Configurations(defaultFile: file, environment: environment)
    for _ in 0..<2 {
      #expect(try configurations.site(folder.path + name).configuration.state == folder.path)
      #expect(try configurations.site(nil).file == file)
      try folder.write(text() + " ", to: "g.json")
    }
  }

  @Test func `a copy beside the default file never takes its folder away`() throws {
    let file = try folder.write(text(), to: "g.json")
    let copy = try folder.write(text(), to: "g.json.bak")
    let configurations = Configurations(defaultFile: file, environment: environment)
    _ = try configurations.site(nil)
    #expect(throws: DocumentError.self) { try configurations.site(copy) }
    try folder.write(text() + " ", to: "g.json")
    #expect(throws: DocumentError.self) { try configurations.site(copy) }
    _ = try configurations.site(nil)
  }

  @Test func `a state folder is the first file's, by any of its names, until another adopts it`()
    throws
  {
    let file = try folder.write(text(), to: "g.json")
    let elsewhere = try TemporaryFolder()
    let other = try elsewhere.write(text(), to: "g.json")
    func site(_ file: String) throws -> Site {
      try Configurations(defaultFile: file, environment: environment).site(nil)
    }
    let worker = Configurations(defaultFile: file, environment: environment)
    let claim = try worker.site(nil).journal.claim
    #expect(try claim.holder() == file)
    let error = #expect(throws: DocumentError.self) { try site(other) }
    for words in [file, other, "gatilhoctl state adopt --config \(other)"] {
      #expect(error?.description.contains(words) == true)
    }
    let note = try worker.site(nil).journal.notes.all(now: Timestamp.now.milliseconds)[.sharedState]
    #expect(note?.evidence == other)
    try FileManager.default.createSymbolicLink(
      atPath: elsewhere.path + "/link.json", withDestinationPath: file)
    for name in [
      folder.path + "/./g.json", folder.path + "//g.json", elsewhere.path + "/link.json",
    ] {
      #expect(throws: Never.self) { try site(name) }
    }
    try claim.adopt(other)
    #expect(throws: Never.self) { try site(other) }
    #expect(throws: DocumentError.self) { try worker.site(nil) }
    try claim.adopt(file)
    #expect(throws: Never.self) { try worker.site(nil) }
    try FileManager.default.removeItem(atPath: claim.path)
    _ = try worker.site(nil)
    #expect(try claim.holder() == file)
  }
}
