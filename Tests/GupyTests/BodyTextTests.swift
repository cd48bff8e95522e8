import FoundationEssentials
import TestSupport
import Testing

@testable import Gupy

/// A body in whatever encoding it comes.
@Suite struct BodyTextTests {
  private static let text = #"{"name":"João Conceição 😀","b":"1ª – “não”"}"#

  private func utf16(_ text: String, isBig: Bool, mark: Bool) -> [UInt8] {
    let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
    return units.flatMap { unit in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBig ? bytes : bytes.reversed()
    }
  }

  @Test(arguments: [true, false], [true, false])
  func `UTF-16 is read in either order, with a mark or without`(isBig: Bool, mark: Bool) {
    let body = utf16(Self.text, isBig: isBig, mark: mark)
    #expect(BodyText(body).utf8 == Array(Self.text.utf8))
    #expect(BodyText(gzip(body)).utf8 == Array(Self.text.utf8))
  }

  @Test func `half a surrogate pair spoils itself alone`() throws {
    let start = utf16(#"{"a":"b"#, isBig: false, mark: false)
    let body = start + [0x3D, 0xD8] + utf16(#"c"}"#, isBig: false, mark: false)
    #expect(BodyText(body).utf8 == Array(#"{"a":"b"#.utf8) + [0xFF] + Array(#"c"}"#.utf8))
  }

  @Test(arguments: [
    ("Jo\u{E3}o \u{C1}LVARES", "João ÁLVARES"), ("JO\u{C3}O", "JOÃO"),
    ("1\u{AA} \u{96} 3\u{BA}", "1ª – 3º"),
    ("D\u{92}\u{C1}vila", "D’Ávila"), ("\u{93}a\u{94}", "“a”"),
    ("Concei\u{E7}\u{E3}o", "Conceição"),
  ])
  func `Windows-1252 is read`(bytes: String, text: String) {
    let body = bytes.unicodeScalars.map { UInt8($0.value) }
    #expect(BodyText(body).utf8 == Array(text.utf8))
  }

  @Test(
    arguments: [
      [0x42, 0xFF, 0x61], [0x4A, 0x6F, 0xC3], [0x61, 0x80, 0x62], [0x81], [0xC3, 0x28, 0xFF],
      Array("ção".utf8) + [0xE3], [0xE2, 0x82], [],
    ] as [[UInt8]])
  func `broken UTF-8 stays as it is`(bytes: [UInt8]) {
    #expect(BodyText(bytes).utf8 == bytes)
  }

  @Test func `what zlib has packed is unpacked`() throws {
    let packed = try fixture("cases/body-gzip.json.gz")
    guard case .event(let event) = try WebhookPayload(json: packed).validated() else {
      Issue.record("no event")
      return
    }
    #expect(event.details[.candidateFullName] == "Bianca Prado")
    for length in 0..<packed.count {
      #expect(throws: PayloadError.notJSON) { try WebhookPayload(json: Array(packed[..<length])) }
    }
    for index in packed.indices.dropFirst(10) {
      var other = packed
      other[index] ^= 0x10
      // Some bits mean nothing.
      let text = BodyText(other).utf8
      #expect(text == other || text == BodyText(packed).utf8)
    }
  }

  @Test(arguments: ["stored", "fixed", "dynamic", "runs", "header"])
  func `each kind of block is unpacked`(name: String) throws {
    let packed = try fixture("gzip/\(name).gz")
    #expect(BodyText(packed).utf8 == (try fixture("gzip/\(name)")))
  }

  @Test func `a bomb stays packed, and so do blocks of nothing without end`() throws {
    let bomb = try fixture("gzip/bomb.gz")
    #expect(BodyText(bomb).utf8 == bomb)
    let block: [UInt8] = [0, 0, 0, 0xFF, 0xFF]
    var nothing = Array(bomb[..<10])
    for _ in 0..<200_000 { nothing += block }
    nothing += [1, 0, 0, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 8)
    #expect(BodyText(nothing).utf8 == nothing)
  }

  @Test func `hostile bytes are told from a member soon, and never end the process`() {
    var dice = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let kind = UInt8.random(in: 0...7, using: &dice)
      let rest = (0..<200).map { _ in UInt8.random(in: 0...255, using: &dice) }
      let body = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, kind] + rest
      #expect(BodyText(body).utf8 == body)
    }
  }
}
