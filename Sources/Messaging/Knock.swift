import HTTPClient

extension Provider {
  /// Asks the provider's host for its front page, without key or message: whatever it answers, it is
  /// there, and its certificate is trusted.
  ///
  /// - Throws: why there is no answer; nothing of the address.
  package func knock(with client: HTTPClient) throws(HTTPError) -> HTTPResponse {
    let request = HTTPRequest(method: .get, url: origin + "/", headers: [], body: [])
    return try client.send(request, caFile: caFile)
  }

  /// Scheme, host and port; what stands behind may be a secret.
  private var origin: String {
    let parts = baseURL.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.prefix(3).joined(separator: "/")
  }
}
