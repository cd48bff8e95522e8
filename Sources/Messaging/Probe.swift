import HTTPClient

extension Provider {
  /// Asks whether the provider is there, and where the profile has a `probe`, whether account and key are
  /// good. Nothing is sent and nothing changes.
  ///
  /// Without a probe the host is asked for its front page, without key or message: whatever it answers,
  /// it is there, and its certificate is trusted.
  ///
  /// - Returns: the answer, and what the probe's table makes of it: accepted, misconfigured, or anything
  ///   else where it does not tell; nil without a probe.
  /// - Throws: why there is no answer; nothing of the address.
  package func probe(
    with client: HTTPClient
  ) throws(HTTPError) -> (answer: HTTPResponse, says: Delivery?) {
    guard let probe = profile.probe, let request = request(probe) else {
      let request = HTTPRequest(method: .get, url: origin + "/", headers: [], body: [])
      return (try client.send(request, caFile: caFile), nil)
    }
    let answer = try client.send(request, caFile: caFile)
    return (answer, Delivery(answer, rules: probe.answers).mapWords(hiding))
  }

  /// Nil when a setting that it needs is not there, which the configuration does not let happen.
  private func request(_ probe: Call) -> HTTPRequest? {
    do {
      return try probe.request(base: baseURL, values, [])
    } catch {
      return nil
    }
  }

  /// Scheme, host and port; what stands behind may be a secret.
  private var origin: String {
    let parts = baseURL.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.prefix(3).joined(separator: "/")
  }
}

extension ProviderProfile {
  /// The secrets that the probe shows to the provider, then the settings, each sorted: one of them is
  /// wrong when the provider refuses.
  package var probed: [String] {
    let named = Set((base.placeholders + (probe?.placeholders ?? [])).map(\.name))
    return secrets.keys.filter(named.contains).sorted()
      + settings.keys.filter(named.contains).sorted()
  }
}
