import HTTPClient
import JSON

extension StrictReader {
  /// Refuses the base of an API's addresses that this place brings unless keys and candidates can
  /// travel there: `https://host…`, or plain `http` to this machine only.
  ///
  /// - Parameter mayAsk: whether a query is allowed, because nothing is put behind the address.
  func expectSafe(base: String, mayAsk: Bool = false) throws(DocumentError) {
    guard let address = Address(base), address.user == nil, mayAsk || address.query == nil,
      address.fragment == nil,
      address.scheme == "https" || address.scheme == "http" && address.isLoopback
    else {
      throw error(
        "expected \"https://host…\" without user, query or fragment (\"http://\" only to loopback)")
    }
  }
}
