import Gupy
import Lookup
import Testing

@testable import Pages

@Suite struct StatusQueryTests {
  private static let good: [(String, StatusQuery.Subject, Language)] = [
    ("", .everything, .portuguese), ("&", .everything, .portuguese),
    ("q=", .everything, .portuguese), ("lang=en", .everything, .english),
    ("q=+12%20&lang=pt", .search("12"), .portuguese),
    ("q=a%2Bb%26%3d+c", .search("a+b&= c"), .portuguese),
    ("q=%C3%A9", .search("é"), .portuguese),
  ]

  @Test(arguments: good)
  func `what a form sends is read`(
    _ text: String, _ subject: StatusQuery.Subject, _ language: Language
  ) throws {
    let query = try #require(StatusQuery(text))
    #expect(query.subject == subject)
    #expect(query.language == language)
  }

  @Test func `an application is a number`() throws {
    let id = try #require(ApplicationID("612000101"))
    #expect(StatusQuery("application=612000101")?.subject == .application(id))
  }

  @Test(arguments: [
    "x=1", "q", "=1", "q=1&q=2", "lang=fr", "lang=", "application=", "application=a",
    "application=-1", "application=1&q=2", "q=1&application=2", "q=%", "q=%4", "q=%zz", "q=%+1",
    "q=%C3", "Q=1", "application=9223372036854775808", "q=" + String(repeating: "a", count: 999),
  ])
  func `anything else is refused`(_ text: String) {
    #expect(StatusQuery(text) == nil)
  }

  @Test func `the address of the same in the other language leads to the same`() throws {
    for text in ["", "application=5", "q=a%2Bb%26%3D%22%3C+c%C3%A9"] {
      let query = try #require(StatusQuery(text))
      let other = try #require(StatusQuery(String(query.address(in: .english).dropFirst())))
      #expect(other.subject == query.subject)
      #expect(other.language == .english)
    }
  }
}
