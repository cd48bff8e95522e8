import Glibc

/// A flat JSON object of plain strings and numbers, `{"a":"1","b":2}`, read in its members' order and
/// without a text of its own: a million events make two million lines of the day index.
struct PlainFields {
  /// Where the line's bytes stand; what is taken of them lives no longer than they do.
  typealias Bytes = UnsafeRawBufferPointer

  /// What is not taken yet.
  private(set) var left: Bytes

  init(_ line: Bytes) {
    left = line
  }

  /// Takes the next member if it has this name and is a text; nil for any other, and for a text with
  /// an escape.
  mutating func text(_ name: StaticString) -> Bytes? {
    guard let value = value(of: name), value.first == UInt8(ascii: "\""),
      let start = value.baseAddress, let end = memchr(start + 1, 0x22, value.count - 1)
    else { return nil }
    let text = Bytes(start: start + 1, count: UnsafeRawPointer(end) - start - 1)
    guard memchr(start + 1, 0x5C, text.count) == nil else { return nil }
    left = Bytes(rebasing: value[(text.count + 2)...])
    return text
  }

  /// Takes the next member if it has this name and is a number of at most nine digits.
  mutating func number(_ name: StaticString) -> Int? {
    guard let value = value(of: name) else { return nil }
    let digits = value.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    guard 1...9 ~= digits.count else { return nil }
    left = Bytes(rebasing: value[digits.endIndex...])
    return digits.decimal
  }

  /// Takes the next member if it has this name and is `true`.
  mutating func isTrue(_ name: StaticString) -> Bool {
    guard let value = value(of: name), value.starts(with: "true".utf8) else { return false }
    left = Bytes(rebasing: value[4...])
    return true
  }

  /// Whether nothing but the object's end is left.
  var isAtEnd: Bool { left.count == 1 && left.first == UInt8(ascii: "}") }

  /// What stands behind the next member's name, `"name":`, if it is this one.
  private func value(of name: StaticString) -> Bytes? {
    let length = name.utf8CodeUnitCount
    guard left.count > length + 1, let start = left.baseAddress,
      left[0] == UInt8(ascii: "{") || left[0] == UInt8(ascii: ","),
      memcmp(start + 1, name.utf8Start, length) == 0
    else { return nil }
    return Bytes(rebasing: left[(length + 1)...])
  }
}

extension Sequence<UInt8> {
  /// The number that the ASCII digits make.
  var decimal: Int { reduce(0) { $0 * 10 + Int($1) - 0x30 } }
}
