import GupyAPI

/// How a rotation begins: a fresh secret, and the edit that lets gatilho take it beside the old one.
struct RotationBeginning {
  /// The configuration file.
  let file: String
  /// Where the secret of today comes from: `file:/etc/gatilho/gupy-secret`.
  let source: String

  /// For a person. Holds the fresh secret, which is kept nowhere.
  var text: String {
    """
    A fresh secret, shown this once:

      \(WantedRegistration.freshSecret())

    1. \(place)
    2. In \(file), put it first and keep the old one second:
         "secrets": ["\(next)", "\(source)"]
    3. Run gatilhoctl webhooks rotate-secret again.
    """
  }

  /// Each rotation goes to the other of two names.
  private var next: String {
    let ending = source.hasPrefix("env:") ? "_NEW" : "-new"
    return source.hasSuffix(ending) ? String(source.dropLast(ending.count)) : source + ending
  }

  private var place: String {
    let name = next.drop { $0 != ":" }.dropFirst()
    return source.hasPrefix("env:")
      ? "Put it into the workers' environment as \(name), and restart them after step 2."
      : "Write it into the file \(name), which only root and gatilho may read."
  }
}
