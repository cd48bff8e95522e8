import Testing

@testable import HTTPClient

/// RFC 9110 §10.2.3 and §5.6.7.
@Suite struct RetryAfterTests {
  /// The RFC's own moment, in its three forms.
  private static let then = 784_111_777

  @Test(arguments: [
    ("120", 120), ("0", 0),
    ("Sun, 06 Nov 1994 08:49:37 GMT", 37), ("Sunday, 06-Nov-94 08:49:37 GMT", 37),
    ("Sun Nov  6 08:49:37 1994", 37), ("Sun, 06 Nov 1994 08:48:00 GMT", 0),
    ("0000120", 120), ("31536000", 31_536_000), ("31536001", 31_536_000),
    ("9223372036854775807", 31_536_000), ("9223372036854775808", 31_536_000),
    ("99999999999999999999999999999999999999999", 31_536_000),
    ("Fri, 31 Dec 9999 23:59:59 GMT", 31_536_000), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
  ])
  func `seconds and dates say how long to wait`(_ value: String, _ seconds: Int) {
    let answer = HTTPResponse(status: 429, retryAfter: value)
    #expect(answer.secondsToWait(now: Self.then - 37) == seconds)
  }

  @Test func `a date is measured against the answer's own, whatever the clock says`() {
    let answer = HTTPResponse(
      status: 429, retryAfter: "Sun, 06 Nov 1994 08:49:37 GMT",
      date: "Sun, 06 Nov 1994 08:47:37 GMT")
    #expect(answer.secondsToWait(now: 0) == 120)
  }

  @Test(arguments: [
    nil, "", "soon", "-5", "1.5", "½", "٣", "+5", "1e3", "120 s", "0x10", "120\u{301}",
    "-9223372036854775809", "Sun, 06 Nov 1994 08:49:37",
    "Sun, 06 Nov 1994 08:49:37 GMT, and then", "Sun, 06 Nov 1994 25:49:37 GMT",
  ])
  func `what is neither asks for nothing`(_ value: String?) {
    #expect(HTTPResponse(status: 429, retryAfter: value).secondsToWait(now: 0) == nil)
  }
}
