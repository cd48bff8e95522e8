import Testing

@testable import HTTPClient

struct AddressTests {
  @Test func `an address has its parts`() throws {
    let address = try #require(Address("HTTPS://ana:pw@Hooks.Padaria.com.br.:8443/a?k=v?#f#g"))
    #expect(address.scheme == "https")
    #expect(address.user == "ana:pw")
    #expect(address.host == "hooks.padaria.com.br")
    #expect(address.place == "Hooks.Padaria.com.br.:8443/a")
    #expect(address.query == "k=v?")
    #expect(address.fragment == "f#g")
  }

  @Test(arguments: [
    ("https://h", nil), ("https://h/", nil), ("https://h?", ""), ("https://h/a@b?c@d", "c@d"),
    ("https://h/?\u{301}x", "\u{301}x"), ("https://h#a?b", nil),
  ])
  func `a query begins with the first question mark`(text: String, query: String?) throws {
    let address = try #require(Address(text))
    #expect(address.query == query)
    #expect(address.user == nil)
    #expect(address.host == "h")
  }

  @Test(arguments: [
    "", "h", "/h", "//h", "https:/h", "https:h", "https://", "https:///a", "https://:1/",
    "https://@/",
    "https://h h/", "https://h/\n", "https://h/a b", "https://h/\u{7F}", "https://h\\@evil/",
    "https://h%2F/", "https://ção/", "https://h:port/", "https://h:65536/", "https://h:-1/",
    "https://h:1:2/", "https://[::1/", "https://[h]/", "https://[::1]1/", "https://[::1%25eth0]/",
    "https://h/\u{301}\u{0}", "https://h,evil/",
  ])
  func `what names no host, or one that somebody else may read otherwise, is no address`(
    _ text: String
  ) {
    #expect(Address(text) == nil)
  }

  @Test(arguments: [
    ("http://localhost", true), ("http://LOCALHOST.:80/a", true), ("http://127.0.0.1:1", true),
    ("http://127.9.9.9", true), ("http://[::1]:1/", true), ("http://[0:0::0:1]/", true),
    ("http://127.1", false), ("http://localhost.example.com", false), ("http://10.0.0.1", false),
    ("http://[::]", false), ("http://127.0.0.1.example.com", false),
    ("http://localhost@example.com", false), ("http://example.com/@localhost", false),
    ("http://example.com#@localhost", false), ("http://0.0.0.0", false),
  ])
  func `this machine is told by its own addresses alone`(_ text: String, isLoopback: Bool) throws {
    #expect(try #require(Address(text)).isLoopback == isLoopback)
  }

  @Test(arguments: [
    ("https://h", "HTTPS://H:443/", true), ("https://h.", "https://h:/", true),
    ("http://h:80/a", "http://h/a", true), ("https://[::1]", "https://[::1]:443", true),
    ("https://h/a", "https://h/A", false), ("https://h", "http://h", false),
    ("https://h:8443", "https://h", false), ("https://h/a", "https://h/a/", false),
    ("https://u@h", "https://h", false), ("https://h?k", "https://h", false),
    ("https://h#f", "https://h", false),
  ])
  func `two addresses are one in spite of case, usual port and the slash behind a host`(
    _ one: String, _ other: String, isSame: Bool
  ) {
    #expect(Address.areSame(one, other) == isSame)
  }
}
