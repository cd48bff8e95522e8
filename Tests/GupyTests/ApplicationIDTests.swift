import Gupy
import JSON
import Testing

struct ApplicationIDTests {
  @Test(arguments: [
    ("0", "0"), ("7", "7"), ("007", "7"), (" 612000101\n", "612000101"),
    ("9223372036854775807", "9223372036854775807"),
  ])
  func `digits are one number however they are written`(text: String, digits: String) throws {
    let id = try #require(ApplicationID(text))
    #expect(id.description == digits)
    let json = id.json
    #expect(String(decoding: json, as: UTF8.self) == "\"\(digits)\"")
    #expect(ApplicationID(json: json[...]) == id)
  }

  @Test(arguments: ["", " ", "-1", "+1", "1.0", "1 2", "1e3", "٣", "１", "9223372036854775808"])
  func `anything else is no id`(text: String) {
    #expect(ApplicationID(text) == nil)
  }

  @Test(arguments: ["\"x\"", "\"-1\"", "7", "null"])
  func `a stored id that is no string of digits is not read`(json: String) {
    #expect(ApplicationID(json: Array(json.utf8)[...]) == nil)
  }
}
