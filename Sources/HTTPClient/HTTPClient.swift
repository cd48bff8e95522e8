import CCurl

/// One blocking request at a time over HTTP/1.1, with connections kept alive between requests.
///
/// - A body is sent at most once. libcurl silently repeats a POST when a reused connection turns
///   out dead; here the body comes from a callback that cannot rewind, so it cannot.
/// - Redirects are not followed; `Expect: 100-continue` is never sent; signals are never used.
/// - `HTTPS_PROXY` and `NO_PROXY` of the environment are honoured.
///
/// The one file that imports libcurl. Not thread-safe: one value a thread.
package final class HTTPClient {
  /// Nil until the first request: libcurl and OpenSSL take milliseconds and memory to load.
  private var handle: UnsafeMutableRawPointer?

  /// Nothing is started yet.
  package init() {}

  /// The corresponding C function is `curl_easy_cleanup`.
  deinit {
    if handle != nil { ccurl_cleanup(handle) }
  }

  /// Loads libcurl, unless it is there; `send` does it else.
  ///
  /// - Returns: why it cannot be loaded, and what to do; nil when it is there.
  ///
  /// The corresponding C function is `dlopen`.
  package func load() -> String? {
    ccurl_load().map { "\(String(cString: $0)): install libcurl4" }
  }

  /// Sends the request and returns the answer, whatever its status: it stands with its status line,
  /// and what breaks behind that makes its body absent.
  ///
  /// - Parameter caFile: a PEM file of authorities that replaces the system's.
  /// - Throws: where no status stands, `notSent` when libcurl never asked for a byte of the body, or is
  ///   not there, else `noAnswer`.
  ///
  /// The corresponding C functions are `curl_easy_init` and `curl_easy_perform`.
  package func send(
    _ request: HTTPRequest, limits: HTTPLimits = HTTPLimits(), caFile: String? = nil
  ) throws(HTTPError) -> HTTPResponse {
    if let problem = load() { throw .notSent(reason: problem) }
    let transfer = Transfer(request.body, limit: limits.answer)
    let headers = HeaderList(request.headers)
    handle = handle ?? ccurl_init()
    ccurl_reset(handle)
    set(request, headers)
    set(limits, caFile)
    set(transfer)
    let code = withExtendedLifetime((transfer, headers)) { ccurl_perform(handle) }
    // libcurl is content with headers that break off.
    let failure = code == CURLE_OK && !transfer.hasAllHeaders ? CURLE_PARTIAL_FILE : code
    // A status of 1xx announces an answer and is none.
    guard status >= 200 else { throw transfer.error(words(failure)) }
    let isWhole = failure == CURLE_OK
    return HTTPResponse(
      status: status, retryAfter: header("Retry-After"), date: header("Date"),
      body: isWhole ? transfer.answer : [], bodyFailure: isWhole ? nil : words(failure))
  }

  private func set(_ request: HTTPRequest, _ headers: HeaderList) {
    ccurl_set_pointer(handle, CURLOPT_URL, request.url)
    ccurl_set_pointer(handle, CURLOPT_HTTPHEADER, headers.list)
    switch request.method {
    case .get:
      ccurl_set_long(handle, CURLOPT_HTTPGET, 1)
    case .post, .put:
      ccurl_set_long(handle, CURLOPT_POST, 1)
      ccurl_set_long(handle, CURLOPT_POSTFIELDSIZE, request.body.count)
    case .delete:
      // A GET by another name, which has no body to lose: `body` is empty.
      ccurl_set_long(handle, CURLOPT_HTTPGET, 1)
    }
    ccurl_set_pointer(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
  }

  private func set(_ limits: HTTPLimits, _ caFile: String?) {
    ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, limits.total.milliseconds)
    ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, limits.connect.milliseconds)
    ccurl_set_long(handle, CURLOPT_MAXAGE_CONN, 15)
    // Without it a resolver that hangs holds the call far beyond its time-out.
    ccurl_set_long(handle, CURLOPT_QUICK_EXIT, 1)
    ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    ccurl_set_long(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    ccurl_set_pointer(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    ccurl_set_pointer(handle, CURLOPT_ACCEPT_ENCODING, "gzip")
    if let caFile { trust(only: caFile) }
  }

  /// Debian's libcurl would look into the system's folder of authorities as well, and keep what it
  /// read of the file for a day.
  private func trust(only caFile: String) {
    ccurl_set_pointer(handle, CURLOPT_CAINFO, caFile)
    ccurl_set_pointer(handle, CURLOPT_CAPATH, nil)
    ccurl_set_long(handle, CURLOPT_CA_CACHE_TIMEOUT, 0)
  }

  private func set(_ transfer: Transfer) {
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    ccurl_set_pointer(handle, CURLOPT_READDATA, context)
    ccurl_set_transfer(handle, CURLOPT_READFUNCTION) { bytes, size, count, context in
      Transfer.of(context).give(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
    }
    ccurl_set_pointer(handle, CURLOPT_HEADERDATA, context)
    ccurl_set_transfer(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      Transfer.of(context).see(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    ccurl_set_pointer(handle, CURLOPT_WRITEDATA, context)
    ccurl_set_transfer(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      Transfer.of(context).take(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
  }

  /// The corresponding C function is `curl_easy_getinfo`.
  private var status: Int {
    var status = 0
    ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    return status
  }

  /// The corresponding C function is `curl_easy_header`.
  private func header(_ name: String) -> String? {
    ccurl_header(handle, name).map { String(cString: $0) }
  }
}

/// libcurl's own words for a failure; nothing of the request.
///
/// The corresponding C function is `curl_easy_strerror`.
private func words(_ code: CURLcode) -> String { String(cString: ccurl_error(code)) }

/// libcurl's list of header lines, which must live as long as the request.
private final class HeaderList {
  private(set) var list: UnsafeMutablePointer<curl_slist>?

  /// `Expect:` without a value keeps libcurl from sending that header.
  init(_ headers: [HTTPRequest.Header]) {
    list = ccurl_append(nil, "Expect:")
    for header in headers { list = ccurl_append(list, "\(header.name): \(header.value)") }
  }

  deinit { ccurl_free(list) }
}

extension Duration {
  /// Whole milliseconds, at least one: zero would mean “for ever” to libcurl.
  fileprivate var milliseconds: Int {
    max(1, Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000))
  }
}
