import FoundationEssentials
import HTTPClient
import Handler
import JSON
import Messaging

extension Readers {
  /// Checks that a message can go over the wire as it is.
  func check(_ decision: Policy.Decision) throws {
    switch decision {
    case .ignore, .undeliverable: return
    case .deliver(let pending, _): try check(pending.request)
    }
  }

  /// Checks that nothing in a request ends its line early, and that its body is JSON.
  func check(_ request: HTTPRequest) throws {
    let url = request.url
    try hold(url.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }, "an address has no white space")
    for header in request.headers {
      try hold(header.name.utf8.allSatisfy(\.isTokenByte), "a header's name is a token")
      try hold(!header.name.isEmpty, "a header has a name")
      try hold(!header.value.utf8.contains { $0 < 0x20 || $0 == 0x7F }, "a header is one line")
    }
    let isJSON = request.headers.contains {
      $0.name == "Content-Type" && $0.value.hasSuffix("/json")
    }
    guard isJSON, !request.body.isEmpty else { return }
    try hold(JSONValue(request.body) != nil, "a request's body is JSON")
  }
}

extension UInt8 {
  /// RFC 9110 §5.6.2.
  fileprivate var isTokenByte: Bool {
    switch Character(Unicode.Scalar(self)) {
    case "0"..."9", "A"..."Z", "a"..."z": true
    default: "!#$%&'*+-.^_`|~".utf8.contains(self)
    }
  }
}
