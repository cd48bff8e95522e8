import Gupy
import JSON
import Messaging

extension Readers {
  /// Reads a provider profile. One that is taken makes a request of every message that has what it
  /// asks for.
  func profile(_ bytes: [UInt8]) throws -> String {
    do {
      let reader = try StrictReader(json5: bytes, file: "profile.json")
      let paths = Set(EventPath.allCases.map(\.rawValue))
      let profile = try ProviderProfile(reader, name: "profile", paths: paths)
      try check(profile, body: JSONPointer("/send/json")?.value(in: reader.value))
      return "profile"
    } catch let error as DocumentError {
      return try checked(error)
    }
  }

  private func check(_ profile: ProviderProfile, body: JSONValue?) throws {
    let known = profile.settings.merging(profile.secrets) { $1 }
    let values = known.mapValues { _ in JSONValue.string("a ü/?#\"{{b}}\r\n") }
    var provider = try Provider(profile, values: values, baseURL: nil, caFile: nil)
    // A setting that is the address itself is the configuration's to check.
    if provider.baseURL.contains(" ") {
      let base = "https://provider.example"
      provider = try Provider(profile, values: values, baseURL: base, caFile: nil)
    }
    let texts = ["Bianca", "Padeiro(a) \"Noturno\""]
    let numbered = texts.enumerated().map { Message.Parameter(position: $0 + 1, value: $1) }
    let named = texts.map { Message.Parameter(name: $0, value: $0) }
    for parameters in [numbered, named, []] {
      try check(provider, parameters, body)
    }
  }

  private func check(
    _ provider: Provider, _ parameters: [Message.Parameter], _ body: JSONValue?
  ) throws {
    let fields = EventPath.allCases.map { ($0.rawValue, "Olá\r\n\"{{id}}\"") }
    let message = Message(
      id: "id", recipient: "+5511955550101", template: "t", parameters: parameters,
      fields: Dictionary(fields) { $1 }.compactMapValues { Values.clean($0).map(JSONValue.string) },
      settings: [:])
    do {
      let request = try provider.pending(message).request
      try check(request)
      if case .object = body, try provider.preview(message).count == 1 {
        try hold(request.body.first == UInt8(ascii: "{"), "an object stays an object")
      }
    } catch let missing as MissingValues {
      try hold(
        missing.names.allSatisfy { $0.hasPrefix("each.") || $0.hasPrefix("parameters.") },
        "nothing but a parameter is missing")
    }
  }
}
