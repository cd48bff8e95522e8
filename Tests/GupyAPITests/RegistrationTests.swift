import JSON
import Testing

@testable import GupyAPI

/// What Gupy's list says.
@Suite struct RegistrationTests {
  private static let webhook =
    #"{"id":612,"action":"application.moved","postbackUrl":"https://hooks.example.com/gupy"}"#

  @Test(arguments: [
    (#"{"results":[\#(webhook)],"totalResults":1,"page":1,"totalPages":3}"#, 3),
    (#"{"data":[\#(webhook)]}"#, nil), ("[\(webhook)]", nil),
  ])
  func `each shape of a list is read`(_ body: String, _ pages: Int?) throws {
    let page = try #require(Registration.page(Array(body.utf8)))
    #expect(page.registrations.map(\.id) == ["612"])
    #expect(page.pages == pages)
  }

  @Test(arguments: [
    "", "{}", "<html>", "7", "null", #"{"results":{}}"#, #"{"data":[{}]}"#, "[null]",
    #"[{"id":1,"action":"application.moved"}]"#,
    #"[{"action":"application.moved","postbackUrl":"https://x"}]"#,
  ])
  func `what is no list of webhooks is not taken for an empty one`(_ body: String) {
    #expect(Registration.page(Array(body.utf8)) == nil)
  }

  @Test(arguments: [
    ("https://hooks.example.com/gupy", "https://hooks.example.com/gupy"),
    ("https://ana:pw@ats.example.com/a?token=x#f", "https://…@ats.example.com/a?…"),
    ("https://ats.example.com/a%20b?k=v", "https://ats.example.com/a%20b?…"),
    ("", ""),
  ])
  func `an address is shown without what may be a secret`(_ url: String, _ shown: String) throws {
    let members: JSONValue = ["id": "a", "action": "b", "postbackUrl": .string(url)]
    #expect(try #require(Registration(members)).shownURL == shown)
  }
}
