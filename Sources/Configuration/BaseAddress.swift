import FoundationEssentials
import Glibc
import JSON

extension StrictReader {
  /// Refuses the base of an API's addresses that this place brings unless keys and candidates can
  /// travel there.
  ///
  /// - Parameter mayAsk: whether a query is allowed, because nothing is put behind the address.
  func expectSafe(base: String, mayAsk: Bool = false) throws(DocumentError) {
    guard isSafe(base, mayAsk: mayAsk) else {
      throw error(
        "expected \"https://host…\" without user, query or fragment (\"http://\" only to loopback)")
    }
  }
}

/// `https://host…`, or plain `http` to this machine only.
private func isSafe(_ base: String, mayAsk: Bool) -> Bool {
  // `URL` would mend white space, which an address does not have.
  guard !base.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }), let url = URL(string: base),
    let host = url.host(), !host.isEmpty
  else { return false }
  guard url.user() == nil, mayAsk || url.query() == nil, url.fragment == nil else { return false }
  return url.scheme == "https" || url.scheme == "http" && isLoopback(host)
}

private func isLoopback(_ host: String) -> Bool {
  var address = in_addr()
  let isIPv4 = inet_pton(AF_INET, host, &address) == 1
  return isIPv4 && UInt32(bigEndian: address.s_addr) >> 24 == 127
    || ["localhost", "::1", "[::1]"].contains(host)
}
