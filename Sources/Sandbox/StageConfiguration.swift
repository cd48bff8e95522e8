import JSON
import Messaging

/// What a stage's gatilho is configured with.
package enum StageConfiguration {
  package static let secret = "segredo-de-demonstracao"
  package static let key = "chave-de-demonstracao"

  /// What stands on the phone: the provider's own templates, by name, with gaps for the values.
  package static let texts = [
    "candidatura_recebida": "Olá, {{1}}! Recebemos sua candidatura para {{2}}.",
    "mudanca_de_etapa": "Olá, {{1}}! {{2}}: de {{4}} para {{3}}.",
  ]

  package static func fill(_ text: String, with values: [String]) -> String {
    values.enumerated().reduce(text) { text, value in
      text.replacing("{{\(value.offset + 1)}}", with: value.element)
    }
  }

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
    "instance": "FAKEINSTANCE", "optIn": true, "phoneNumberId": "100000000000001",
    "sender": "551140000000",
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
    let (candidate, job) = ("{{candidate.name}}", "{{job.name}}")
    let steps = ["{{currentStep.name}}", "{{previousStep.name|etapa anterior}}"]
    return [
      message("application.created", "candidatura_recebida", [candidate, job], for: profile),
      message("application.moved", "mudanca_de_etapa", [candidate, job] + steps, for: profile),
    ]
  }

  /// A rule: names are the positions, and a flow takes the template's place where there is none.
  private static func message(
    _ event: JSONValue, _ template: String, _ values: [String], for profile: ProviderProfile
  ) -> JSONValue {
    let isFlow = !profile.needsTemplate && profile.settings["flow"] != nil
    let all = values.map(JSONValue.string)
    let named = zip(1..., all).map { (String($0), $1) }
    let parameters: JSONValue =
      profile.takesText
      ? [.string(fill(texts[template] ?? "", with: values))]
      : profile.namesParameters ? .object(Dictionary(uniqueKeysWithValues: named)) : .array(all)
    return [
      "event": event, "template": .string(template), "parameters": parameters,
      "settings": isFlow ? ["flow": .string(template)] : [:],
    ]
  }
}
