import Foundation
import JSON
import Testing

struct JSONValueTests {
  private let seeds = [
    #"{"a":[1,-2.5e3,"x\u00e9\ud83e\udd56\n",true,false,null,{}],"b":{"c":"","d":[[]]},"":0}"#,
    #" [ "\\\"\/\b\f\r\t" , 6.12000108E8 , 900719925474099 , {"a" : {"a" : 1}} ] "#,
  ]

  @Test func `any text is read as Foundation reads it, or is no JSON for both`() throws {
    var dice = SystemRandomNumberGenerator()
    var whole = 0
    for seed in seeds {
      for _ in 0..<10_000 {
        let bytes = Array(seed.utf8).mutated(&dice)
        let text = String(decoding: bytes, as: UTF8.self)
        let theirs = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        // Foundation forgives a comma behind the last element, and zeros before a number.
        if text.contains(#/,[ \n]*[\]}]|[^0-9.]0[0-9]/#), theirs != nil { continue }
        #expect(JSONValue(bytes) == theirs, "\(text)")
        whole += theirs == nil ? 0 : 1
      }
    }
    #expect(whole > 1_000)
  }

  @Test func `a name that cannot be read spoils its object`() {
    #expect(JSONValue(Array(#"{"\a":1,"b":2}"#.utf8)) == nil)
  }

  @Test func `what is written is read again`() throws {
    for seed in seeds {
      let value = try #require(JSONValue(Array(seed.utf8)))
      #expect(JSONValue(value.json) == value)
    }
  }

  @Test(arguments: ["256", "\"1\"", "true", "1.5", "9223372036854775808"])
  func `a member that is something else is a mismatch, not absent`(text: String) throws {
    let node = try JSONDocument(Array("{\"a\":\(text),\"b\":null}".utf8)[...]).root
    if text != "256" { #expect(throws: JSONMismatch.self) { try node.integer("a") } }
    if text != "\"1\"" { #expect(throws: JSONMismatch.self) { try node.text("a") } }
    if text != "true" { #expect(throws: JSONMismatch.self) { try node.bool("a") } }
    #expect(throws: JSONMismatch.self) { try node.value("a", as: [String].self) }
    #expect(try node.text("b") == nil)
    #expect(try node.text("c") == nil)
  }
}

extension [UInt8] {
  /// One to three bytes of a text replaced, removed or doubled.
  func mutated(_ dice: inout some RandomNumberGenerator) -> [UInt8] {
    let alphabet = Array(#"{}[]",:\/u0eE+-.1tfn x'*$"#.utf8)
    var bytes = self
    for _ in 0..<Int.random(in: 1...3, using: &dice) where !bytes.isEmpty {
      let index = Int.random(in: bytes.indices, using: &dice)
      switch Int.random(in: 0..<3, using: &dice) {
      case 0: bytes[index] = alphabet.randomElement(using: &dice) ?? 0
      case 1: bytes.remove(at: index)
      default: bytes.insert(bytes[index], at: index)
      }
    }
    return bytes
  }
}

/// Foundation's reading, which is ours to compare with.
extension JSONValue: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = Self.scalar(container) {
      self = value
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  private static func scalar(_ container: any SingleValueDecodingContainer) -> JSONValue? {
    (try? .string(container.decode(String.self)))
      ?? (try? .integer(container.decode(Int64.self)))
      ?? (try? container.decode(Double.self)).flatMap { $0.isFinite ? .number($0) : nil }
      ?? (try? .bool(container.decode(Bool.self)))
  }
}
