import HTTPClient
import Testing

@testable import GupyAPI

/// Where Gupy may be sent.
@Suite struct PublicAddressTests {
  private func refusal(_ url: String) -> PublicAddress.Objection? {
    do throws(PublicAddress.Objection) {
      _ = try PublicAddress(url)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "https://hooks.padaria.com.br/gupy", "HTTPS://Hooks.padaria.com.br:8443",
    "https://8.8.8.8/gupy",
    "https://[2001:4860:4860::8888]/gupy", "https://172.32.0.1/", "https://100.128.0.1/",
    "https://mylocal.com/", "https://notngrok.io.br/", "https://webhook.site.padaria.com.br/",
  ])
  func `a public address is taken`(_ url: String) {
    #expect(refusal(url) == nil)
  }

  @Test(arguments: [
    "http://hooks.padaria.com.br/gupy", "ftp://hooks.padaria.com.br/gupy",
  ])
  func `what is not HTTPS is refused`(_ url: String) {
    #expect(refusal(url) == .notHTTPS)
  }

  @Test(arguments: [
    "", "gupy", "https://", "https:///gupy", "https://a b.com/", "https://hooks.padaria.com.br/\n",
  ])
  func `what is no address is refused`(_ url: String) {
    #expect(refusal(url) == .noAddress)
  }

  @Test(arguments: [
    "https://u@x.com/", "https://u:p@x.com/", "https://x.com/?k=v", "https://x.com/#f",
  ])
  func `a secret in an address is refused`(_ url: String) {
    #expect(refusal(url) == .holdsMore)
  }

  @Test(arguments: [
    "localhost", "hooks", "a.localhost", "a.local", "a.internal", "A.INTERNAL", "a.internal.",
    "a.lan", "router.home.arpa", "a.test", "a.example", "a..com", "127.0.0.1", "10.1.2.3",
    "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fd00::1]", "[ff02::1]",
    "[::ffff:10.0.0.1]", "127.1", "2130706433",
  ])
  func `a host that only some can reach is refused`(_ host: String) {
    let refusal = refusal("https://\(host)/gupy")
    guard case .notPublic = refusal else {
      Issue.record("\(refusal.map(String.init(describing:)) ?? "taken")")
      return
    }
  }

  @Test(arguments: [
    "a.requestcatcher.com", "webhook.site", "WEBHOOK.SITE.", "eo1.m.pipedream.net",
    "x.requestbin.net", "x.free.beeceptor.com", "hookbin.com", "typedwebhook.tools",
    "www.postb.in", "smee.io", "play.svix.com", "a.ngrok.io", "a.ngrok-free.app", "a.loca.lt",
    "a.serveo.net", "a.trycloudflare.com",
  ])
  func `a service that catches other people's requests is refused, with the reason`(
    _ host: String
  ) {
    let words = refusal("https://\(host)/gupy")?.description ?? ""
    #expect(words.contains("shows it to others") || words.contains("is a tunnel"))
    #expect(words.hasSuffix("expected a host of your own"))
  }

  @Test(arguments: [
    ("localhost", true), ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true),
    ("0.0.0.0", false), ("::", false), ("10.0.0.1", false), ("203.0.113.7", false),
    ("gatilho.invalid", false), ("", false),
  ])
  func `a look-up tells whether a host is this machine`(_ host: String, _ isHere: Bool) {
    #expect(HostLookup(host).isLoopback == isHere)
  }

  @Test(arguments: [
    ("203.0.113.7", true), ("10.0.0.1", false), ("::1", false),
  ])
  func `a look-up tells whether Gupy could come there`(_ host: String, _ isPublic: Bool) throws {
    let address = try #require(IPAddress(host))
    #expect(HostLookup(host) == .found([address]))
    #expect(address.isPublic == isPublic)
  }

  @Test func `a look-up of this machine finds this machine, and of nothing nothing`() {
    guard case .found(let addresses) = HostLookup("localhost") else {
      Issue.record("localhost is not found")
      return
    }
    let found = addresses.map(\.description)
    #expect(found.contains("127.0.0.1") || found.contains("::1"))
    switch HostLookup("gatilho.invalid") {
    case .isUnknown, .noAnswer: break
    case .found: Issue.record("gatilho.invalid is known")
    }
  }
}
