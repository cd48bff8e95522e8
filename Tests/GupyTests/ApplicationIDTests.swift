import FoundationEssentials
import Gupy
import Testing

struct ApplicationIDTests {
  @Test(arguments: [
    ("0", "0"), ("7", "7"), ("007", "7"), (" 612000101\n", "612000101"),
    ("9223372036854775807", "9223372036854775807"),
  ])
  func `digits are one number however they are written`(text: String, digits: String) throws {
    let id = try #require(ApplicationID(text))
    #expect(id.description == digits)
    let json = try JSONEncoder().encode([id])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(digits)\"]")
    #expect(try JSONDecoder().decode([ApplicationID].self, from: json) == [id])
  }

  @Test(arguments: ["", " ", "-1", "+1", "1.0", "1 2", "1e3", "٣", "１", "9223372036854775808"])
  func `anything else is no id`(text: String) {
    #expect(ApplicationID(text) == nil)
  }

  @Test(arguments: ["[\"x\"]", "[\"-1\"]", "[7]", "[null]"])
  func `a stored id that is no string of digits is an error`(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([ApplicationID].self, from: Data(json.utf8))
    }
  }
}
