import Foundation
import JSON
import Testing

struct JSONWriterTests {
  private func foundation(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private func ours(_ value: some JSONWritable) -> String {
    String(decoding: value.json, as: UTF8.self)
  }

  @Test func `every character is written as Foundation writes it`() throws {
    let scalars = (0...0x2FFF).compactMap(Unicode.Scalar.init) + ["\u{1F956}", "\u{10FFFF}"]
    for scalar in scalars {
      let text = "a\(scalar)b"
      #expect(try ours(text) == foundation(text))
    }
  }

  @Test(arguments: ["\"", "\\", "\n", "\u{1F}", "\u{7F}", "é", "\u{1F956}"])
  func `a character is written and read alike wherever it stands`(special: String) throws {
    for before in 0...17 {
      for behind in 0...17 {
        let text =
          String(repeating: "a", count: before) + special + String(repeating: "z", count: behind)
        let written = text.json
        #expect(try String(decoding: written, as: UTF8.self) == foundation(text))
        #expect(try JSONDocument(written[...]).root.text == text)
      }
    }
  }

  @Test(arguments: [0, 1, -1, 0.1, 1.5, 3, 1e300, -2.5e-7, 187.4, 1e15, 123_456_789])
  func `a number is written so that it is read again`(number: Double) throws {
    #expect(Double(ours(number)) == number)
    #expect(try JSONDecoder().decode(Double.self, from: Data(number.json)) == number)
  }

  @Test func `what has no form is null`() {
    #expect(ours([Double.infinity, .nan]) == "[null,null]")
  }

  @Test func `names are sorted, and what is absent is left out`() throws {
    let names = ["z": 1, "é": 2, "a": 3, "a\"b": 4, "": 5]
    #expect(try ours(names) == foundation(names))
    var nothing: JSONValue = ["b": [], "a": ["x": .null]]
    #expect(ours(nothing) == #"{"a":{"x":null},"b":[]}"#)
    nothing = .object([:])
    #expect(ours(nothing) == "{}")
  }

  @Test func `an element that ends with an opening bracket is followed by a comma`() {
    #expect(ours(["[", "{", ""]) == #"["[","{",""]"#)
  }
}
