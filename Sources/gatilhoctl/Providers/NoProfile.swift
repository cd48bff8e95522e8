import ArgumentParser
import Messaging

extension ValidationError {
  /// That no profile comes with gatilho under this name, and which do.
  static func noProfile(_ name: String) -> ValidationError {
    let known = ProviderProfile.builtIn.keys.sorted().joined(separator: ", ")
    return ValidationError("no profile \"\(name)\"; known: \(known)")
  }
}
