import ArgumentParser
import Configuration
import Glibc
import GupyAPI
import HTTPClient
import Handler

/// Where invented events may go without harm to anybody real.
struct SimulationTarget {
  /// Where they are posted to.
  let url: String
  /// Whether that is this machine, with its journal.
  let isHere: Bool

  /// An address on this machine, or one that its owner vouches for.
  ///
  /// - Throws: exit status 64, and what to do about it, for any other.
  init(_ url: String, isOwned: Bool) throws {
    self.url = url
    isHere = Self.leadsHere(url)
    guard isHere || isOwned else {
      throw ValidationError(
        "the host of \(url) is not this machine; invented events would stay in its journal, and go "
          + "to its provider. Where that harms nobody, say --i-own-this-host")
    }
  }

  /// What the configuration of this machine must not do: the invented numbers may be somebody's.
  ///
  /// - Throws: exit status 78, and what to do about it on standard error.
  func expectNobodyReal(in configuration: Configuration, file: String) throws {
    let provider = configuration.provider.baseURL
    guard configuration.recipients == .everyone, !Self.leadsHere(provider) else { return }
    StandardError.print(
      "\(file): recipients is \"everyone\" and the provider is no fake on this machine: the "
        + "invented numbers may be somebody's. Set recipients to \"nobody\", or provider.baseURL to "
        + "a fake")
    throw ExitCode(EX_CONFIG)
  }

  /// Whether an address leads to this machine and nowhere else, as the resolver says.
  private static func leadsHere(_ url: String) -> Bool {
    Address(url).map { HostLookup.isLoopback($0.host) } ?? false
  }
}
