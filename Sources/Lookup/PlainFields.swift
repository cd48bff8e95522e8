import Glibc
import JSON

/// A flat JSON object of plain strings and numbers, `{"a":"1","b":2}`, read in its members' order and
/// without a text of its own: a million events make two million lines of the day index.
///
/// Plain is what means its very bytes: nothing is taken that JSON does not say (RFC 8259 §6, §7).
struct PlainFields {
  /// Where the line's bytes stand; what is taken of them lives no longer than they do.
  typealias Bytes = UnsafeRawBufferPointer

  /// What is not taken yet.
  private(set) var left: Bytes

  init(_ line: Bytes) {
    left = line
  }

  /// Takes the next member if it has this name and is a text; nil for any other, and for a text with
  /// an escape, a control character or a letter beyond ASCII.
  mutating func text(_ name: StaticString) -> Bytes? {
    guard let value = value(of: name), value.first == UInt8(ascii: "\"") else { return nil }
    let end = JSONEscapes.endOfPlain(value.assumingMemoryBound(to: UInt8.self), from: 1)
    guard end < value.count, value[end] == UInt8(ascii: "\"") else { return nil }
    left = Bytes(rebasing: value[(end + 1)...])
    return Bytes(rebasing: value[1..<end])
  }

  /// Takes the next member if it has this name and is a number of at most nine digits, which no sum
  /// of a file's lines makes overflow.
  mutating func number(_ name: StaticString) -> Int? {
    guard let value = value(of: name) else { return nil }
    let digits = value.prefix(while: \.isASCIIDigit)
    guard 1...9 ~= digits.count, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
      return nil
    }
    left = Bytes(rebasing: value[digits.endIndex...])
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
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
