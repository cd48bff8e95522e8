import Testing

@testable import HTTPClient

struct EncodingsTests {
  @Test func `everything but unreserved characters is percent-encoded`() {
    #expect("aZ09-._~".percentEncoded == "aZ09-._~")
    #expect("a/b?c=ç %\n".percentEncoded == "a%2Fb%3Fc%3D%C3%A7%20%25%0A")
  }

  /// RFC 4648 §10, and all digits.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ("Aladdin:open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
  ])
  func `bytes become base64`(text: String, encoded: String) {
    #expect(text.utf8.base64 == encoded)
  }

  @Test func `base64 has a digit for each six bits`() {
    #expect([UInt8](0...255).base64.hasSuffix("8/T19vf4+fr7/P3+/w=="))
    #expect([0xFB, 0xEF, 0xBE].base64 == "++++")
    #expect([0xFF, 0xFF, 0xFF].base64 == "////")
  }
}
