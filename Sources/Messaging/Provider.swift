import HTTPClient
import JSON

/// A profile with one customer's settings and secrets: ready to send.
package struct Provider: Sendable {
  /// What the provider's API looks like.
  package let profile: ProviderProfile
  private let values: Values
  /// What stands before every path; of two slashes where they meet, one is sent.
  package let baseURL: String
  private let caFile: String?

  /// - Parameters:
  ///   - values: settings and secrets by name; whatever the profile requires is there.
  ///   - baseURL: replaces the profile's own base.
  ///   - caFile: a PEM file of authorities that replaces the system's.
  /// - Throws: when the profile's base names a setting that has no value.
  package init(
    _ profile: ProviderProfile, values: [String: JSONValue], baseURL: String?, caFile: String?
  ) throws(MissingValues) {
    self.profile = profile
    self.values = Values(values)
    let ownBase = try profile.base.address(self.values)
    self.baseURL = baseURL ?? ownBase
    self.caFile = caFile
  }

  /// The request that hands the message over.
  ///
  /// - Throws: the names of required placeholders without a value.
  package func request(for message: Message) throws(MissingValues) -> HTTPRequest {
    let values = values.merging(message.values)
    return try profile.send.request(base: baseURL, values, message.parameters)
  }

  /// Hands the message over, once, and says what became of it.
  package func deliver(
    _ request: HTTPRequest, with client: HTTPClient, limits: HTTPLimits
  ) -> Delivery {
    do throws(HTTPError) {
      return Delivery(
        try client.send(request, limits: limits, caFile: caFile), rules: profile.send.answers)
    } catch {
      switch error {
      case .notSent(let reason): return Delivery(.unavailable, reason: reason)
      case .noAnswer(let reason): return Delivery(.unconfirmed, reason: reason)
      }
    }
  }
}
