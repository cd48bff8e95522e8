import JSON
import Messaging

/// What a stage's gatilho is configured with.
package enum StageConfiguration {
  /// The secret that Gupy sends.
  package static let secret = "segredo-de-demonstracao"
  /// The key of the provider's API.
  package static let key = "chave-de-demonstracao"

  /// What a handler of this folder finds in its environment.
  package static func environment(_ folder: StageFolder) -> [String: String] {
    [
      "GATILHO_CONFIG": folder.configuration, "GATILHO_SECRET": secret, "PROVIDER_KEY": key,
      "GATILHO_NGINX": folder.file("nginx/nginx.conf"),
    ]
  }

  /// Settings of the profiles; each takes those that it requires.
  private static let settings: [String: JSONValue] = [
    "account": "abc123", "app": "PadariaRH", "channel": "00000000-aaaa-4aaa-8aaa-00000000c001",
    "contract": "padaria", "endpoint": "https://live-mt-server.wati.io/100001", "flow": "1",
    "optIn": true, "phoneNumberId": "100000000000001", "sender": "551140000000",
  ]

  /// The whole file for a profile, with the far ends of this folder.
  package static func standard(_ profile: ProviderProfile, _ folder: StageFolder) -> JSONValue {
    let settings = Self.settings.filter {
      profile.settings[$0.key] != nil && profile.required.contains($0.key)
    }
    let secrets = profile.secrets.mapValues { _ in JSONValue.string("env:PROVIDER_KEY") }
    return [
      "gupy": ["url": "https://hooks.example.com/gupy", "secrets": ["env:GATILHO_SECRET"]],
      "state": .string(folder.state),
      "provider": [
        "profile": .string(profile.name), "baseURL": .string(folder.providerURL),
        "caFile": .string(folder.certificate),
        "settings": .object(settings.merging(secrets) { $1 }),
      ],
      "recipients": "everyone",
      "exceptSteps": ["Contratação"],
      "messages": messages(for: profile),
    ]
  }

  private static func messages(for profile: ProviderProfile) -> JSONValue {
    [
      message(
        "application.created", "candidatura_recebida", ["{{candidate.name}}", "{{job.name}}"],
        for: profile),
      message(
        "application.moved", "mudanca_de_etapa",
        [
          "{{candidate.name}}", "{{job.name}}", "{{currentStep.name}}",
          "{{previousStep.name|etapa anterior}}",
        ], for: profile),
    ]
  }

  /// A rule: names are the positions, and a flow takes the template's place where there is none.
  private static func message(
    _ event: JSONValue, _ template: JSONValue, _ values: [JSONValue],
    for profile: ProviderProfile
  ) -> JSONValue {
    let named = values.enumerated().map { (String($0.offset + 1), $0.element) }
    let isFlow = !profile.needsTemplate && profile.settings["flow"] != nil
    return [
      "event": event, "template": template,
      "parameters": profile.namesParameters
        ? .object(Dictionary(uniqueKeysWithValues: named)) : .array(values),
      "settings": isFlow ? ["flow": template] : [:],
    ]
  }
}
