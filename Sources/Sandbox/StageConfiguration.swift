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
    ["GATILHO_CONFIG": folder.configuration, "GATILHO_SECRET": secret, "PROVIDER_KEY": key]
  }

  /// Settings of the three providers' profiles; each profile takes its own.
  private static let settings: [String: JSONValue] = [
    "channel": "00000000-aaaa-4aaa-8aaa-00000000c001", "optIn": true,
    "account": "abc123", "sender": "551140000000", "contract": "padaria",
  ]

  /// The whole file for a profile, with the far ends of this folder.
  package static func standard(_ profile: ProviderProfile, _ folder: StageFolder) -> JSONValue {
    let settings = Self.settings.filter { profile.settings[$0.key] != nil }
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
      "messages": messages,
    ]
  }

  private static let messages: JSONValue = [
    [
      "event": "application.created", "template": "candidatura_recebida",
      "parameters": ["{{candidate.name}}", "{{job.name}}"],
    ],
    [
      "event": "application.moved", "template": "mudanca_de_etapa",
      "parameters": [
        "{{candidate.name}}", "{{job.name}}", "{{currentStep.name}}",
        "{{previousStep.name|etapa anterior}}",
      ],
    ],
  ]
}
