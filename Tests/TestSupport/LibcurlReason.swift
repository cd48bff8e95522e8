import CCurl

/// What libcurl itself says of a failure, in whatever words this version has.
package enum LibcurlReason {
  package static let timeout = words(CURLE_OPERATION_TIMEDOUT)
  package static let notConnected = words(CURLE_COULDNT_CONNECT)
  package static let cannotRewind = words(CURLE_SEND_FAIL_REWIND)
  package static let cutShort = words(CURLE_PARTIAL_FILE)

  private static func words(_ code: CURLcode) -> String {
    ccurl_load() == nil ? String(cString: ccurl_error(code)) : "libcurl is not there"
  }
}
