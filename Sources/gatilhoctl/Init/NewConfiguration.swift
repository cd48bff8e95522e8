import Configuration
import JSON
import Messaging

/// A configuration to start from, made of a provider's profile: JSON5 with a comment at each thing.
struct NewConfiguration {
  let profile: ProviderProfile

  static let gupySecret = "/etc/gatilho/gupy-secret"
  static let gupyToken = "/etc/gatilho/gupy-token"

  static func file(of secret: String) -> String { "/etc/gatilho/provider-\(secret)" }

  /// The whole file. The handler takes it once the secrets' files and the state folder exist; then
  /// nobody gets a message, for `recipients` is empty.
  var text: String {
    """
    // Made by gatilhoctl init. JSON5: comments and last commas are fine. Replace each \
    \(Site.placeholder).
    // A changed file is read with the next webhook: edit a copy, gatilhoctl check --config copy, mv.
    {
      "gupy": {
        // Where Gupy posts to: https, and to be reached from everywhere.
        "url": "https://\(Site.placeholder)/gupy",
        // What Gupy sends in Authorization; two values while you rotate.
        "secrets": ["file:\(Self.gupySecret)"],
        // For registering the webhooks only: from Gupy's advanced settings, with the permissions to
        // configure, list, update and delete webhooks.
        "token": "file:\(Self.gupyToken)",
        // Whom Gupy writes to when the address fails.
        "techOwner": { "name": "\(Site.placeholder)", "email": "\(Site.placeholder)@example.com" },
      },

      // The journal's folder: it exists, and belongs to gatilho alone.
      "state": "/var/lib/gatilho",

      // \(profile.about.oneLine)
      "provider": {
        "profile": \(profile.name.quoted),
        // A message that may have been sent: "hold" never sends it again, "resend" once more.
        "whenUnconfirmed": "hold",
        "settings": {
    \(settings)
        },
      },

      // Who gets messages: nobody yet. First your own number, then "everyone".
      "recipients": [/* "+5511999990000" */],
      // Steps that candidates are not told of, besides those of type final.
      "exceptSteps": ["Contratação"],
      // An event older than this gets no message: 90s, 15m, 24h, 7d.
      // "staleAfter": "24h",
      // How long events are kept.
      "retention": "365d",

    \(messages)
    }

    """
  }

  private var settings: String {
    let all = profile.secrets.merging(profile.settings) { $1 }.sorted { $0.key < $1.key }
    let needed = all.filter { profile.required.contains($0.key) }
    let optional = all.filter { !profile.required.contains($0.key) }
    return
      (needed.map { lines($0.key, $0.value, off: "") }
      + optional.map { lines($0.key, $0.value, off: "// ") }).joined(separator: "\n")
  }

  /// A setting under what it is.
  private func lines(_ name: String, _ about: String, off: String) -> String {
    """
          // \(about.oneLine)
          \(off)\(name.quoted): \(value(of: name).quoted),
    """
  }

  private func value(of name: String) -> String {
    if profile.secrets[name] != nil { return "file:" + Self.file(of: name) }
    return profile.addressSetting == name ? "https://" + Site.placeholder : Site.placeholder
  }

  private var messages: String {
    guard profile.needsTemplate || profile.takesText else {
      return """
          // Without "messages" every application and every move is handed on with every field, and the
          // provider decides. To choose here, take these lines in; the first that matches an event wins.
          // "messages": [
          //   { "event": "application.created", "parameters": "all" },
          //   { "event": "application.moved", "when": { "currentStep.name": "Entrevista*" }, \
        "parameters": "all" },
          // ],
        """
    }
    let (hint, template) =
      profile.takesText
      ? ("The parameter is the whole text.", "")
      : (
        "The templates are the provider's, by its name for them.",
        " \"template\": \"\(Site.placeholder)\","
      )
    return """
        // The first that matches an event wins. \(hint)
        "messages": [
          {
            "event": "application.created",\(template)
            "parameters": \(parameters(["candidate.name", "job.name"])),
          },
          {
            "event": "application.moved",\(template)
            // "when": { "currentStep.name": "Entrevista*" },
            "parameters": \(parameters(["candidate.name", "currentStep.name"])),
          },
        ],
      """
  }

  /// By position, or by names of which the templates' own take the place.
  private func parameters(_ paths: [String]) -> String {
    let values = paths.map { "{{\($0)}}".quoted }
    if profile.takesText {
      return "[\"Olá, {{\(paths[0])}}! \(Site.placeholder): {{\(paths[1])}}.\"]"
    }
    guard profile.namesParameters else { return "[" + values.joined(separator: ", ") + "]" }
    let named = zip(["name", "text"], values).map { "\($0.quoted): \($1)" }
    return "{ " + named.joined(separator: ", ") + " }"
  }
}

extension String {
  fileprivate var quoted: String { String(decoding: json, as: UTF8.self) }

  /// Without what would end a comment.
  fileprivate var oneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
