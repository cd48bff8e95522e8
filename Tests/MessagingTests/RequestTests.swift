import HTTPClient
import JSON
import TestSupport
import Testing

@testable import Messaging

/// What each profile sends, against requests written by hand from the providers' documentation:
/// `Fixtures/providers/requests`.
@Suite struct RequestTests {
  private static let profiles = ProviderProfile.builtIn.keys.sorted()
  private static let hostile = """
      Ana "{{token}}"
    \t\\  \u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467} </b>' &=%+\u{0}fim\r\n
    """
  /// Values as an event may bring them: as usual, without what is optional, and hostile.
  private static let events = [
    "plain": ["Joana", "Analista de Dados", "Entrevista"], "missing": ["candidato"],
    "hostile": [hostile, hostile, hostile],
  ]

  @Test(arguments: profiles, events.keys.sorted())
  func `a request is the documented one`(_ name: String, _ event: String) throws {
    let fixture = try #require(JSONValue(fixture("providers/requests/\(name).json")))
    let profile = try builtIn(name)
    var settings = try #require(fixture.members("/settings"))
    if event == "plain" { settings.merge(fixture.members("/options") ?? [:]) { $1 } }
    let values = try #require(Self.events[event])
    let provider = try Provider(profile, values: settings, baseURL: nil, caFile: nil)
    let message = message(values, isNamed: profile.namesParameters)
    try expect(
      provider.request(
        for: message, prepared: ["prepare.identity": "5511900000001@wa.gw.msging.net"]),
      #require(fixture.at("/\(event)")))
    if profile.prepare != nil {
      let first = try provider.pending(message).request
      try expect(first, #require(fixture.at("/\(event)/prepare")))
    }
    if let confirm = profile.confirm {
      let values = Values(settings).merging(["id": .string(message.id)])
      try expect(
        confirm.request(base: provider.baseURL, values),
        #require(fixture.at("/\(event)/confirm")))
    }
  }

  private func expect(_ request: HTTPRequest, _ documented: JSONValue) throws {
    #expect(request.method.rawValue == documented.at("/method")?.text ?? "POST")
    #expect(.string(request.url) == documented.at("/url"))
    let headers = request.headers.map { ($0.name, JSONValue.string($0.value)) }
    #expect(Dictionary(uniqueKeysWithValues: headers) == documented.members("/headers"))
    if let json = documented.at("/json") { #expect(JSONValue(request.body) == json) }
    if let form = documented.members("/form") { try expect(request.body, form) }
  }

  /// A field that the fixture writes as an array or an object is compared as the value that its
  /// text holds.
  private func expect(_ body: [UInt8], _ fields: [String: JSONValue]) throws {
    let form = try #require(formFields(body))
    #expect(form.keys.sorted() == fields.keys.sorted())
    for (name, value) in fields {
      let text = form[name] ?? ""
      #expect(value.text == nil ? JSONValue(Array(text.utf8)) == value : text == value.text)
    }
  }

  private func message(_ values: [String], isNamed: Bool) -> Message {
    let clean = values.compactMap(Values.clean)
    let numbered = clean.enumerated().map {
      Message.Parameter(position: $0.offset + 1, value: $0.element)
    }
    let named = zip(["nome", "vaga", "etapa"], clean).sorted { $0.0 < $1.0 }.map {
      Message.Parameter(name: $0, value: $1)
    }
    return Message(
      id: "7d7a2f80-1c7f-5f5e-9a56-0c6f5a3b2002", recipient: "+5511900000001", template: "modelo",
      parameters: isNamed ? named : numbered, fields: ["application.id": "900001"], settings: [:])
  }
}

/// A profile that comes with gatilho.
func builtIn(_ name: String) throws -> ProviderProfile {
  let reader = try StrictReader(
    json5: #require(ProviderProfile.builtIn[name]), file: "\(name).json")
  return try ProviderProfile(reader, name: name, paths: ["application.id"])
}

extension JSONValue {
  /// The members of the object at a pointer.
  func members(_ pointer: String) -> [String: JSONValue]? {
    guard case .object(let members) = at(pointer) else { return nil }
    return members
  }
}
