import Configuration
import Glibc
import GupyAPI
import Messaging

/// What a person does with a new configuration: numbered, each command to be pasted as root.
struct SetupSteps {
  let profile: ProviderProfile
  /// What Gupy is to send; it stands in the steps and nowhere else.
  private let secret = WantedRegistration.freshSecret()

  var text: String {
    // The package brings them.
    let lacking = [NginxFile.http, .upstream, .location].filter { access($0.path, F_OK) != 0 }
      .map { "cat > \($0.path) <<'END'\n\($0.text)END\n" }
    return """
      What comes next, as root; the user gatilho and the folders are the package's, or made as
      nginx/README.md says. After these four: replace each \(Site.placeholder) in the configuration;
      runuser -u gatilho -- gatilhoctl check, then try; systemctl enable --now gatilho.target, or what
      else starts workers and timers; gatilhoctl webhooks ensure.

      1. Put nginx in front: in the server { } that ends TLS for your address the line
         include \(NginxFile.location.path);
         and what lacks of the three files that it needs:

      \(lacking.joined())
      nginx -t && nginx -s reload

      2. Keep what the provider gave you, with your own values in place of \
      \(Site.placeholder):

      \(providerSecrets)
      3. Keep the token of Gupy's API:

      \(keep(Site.placeholder, in: NewConfiguration.gupyToken))
      4. Keep the secret that Gupy sends. It was made just now, and stands nowhere else:

      \(keep(secret, in: NewConfiguration.gupySecret))
      """
  }

  private var providerSecrets: String {
    profile.secrets.filter { profile.required.contains($0.key) }.sorted { $0.key < $1.key }
      .map { name, about in
        "# \(about)\n" + keep(Site.placeholder, in: NewConfiguration.file(of: name))
      }
      .joined()
  }

  private func keep(_ value: String, in file: String) -> String {
    "install -m 0640 -g gatilho /dev/stdin \(file) <<'END'\n\(value)\nEND\n"
  }
}
