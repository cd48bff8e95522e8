import Glibc
import Gupy
import JSON

/// Reads or writes an object's members one after another, in the order of their names: so a type lists
/// them once.
protocol Members {
  /// A member that is `true`, or absent.
  mutating func member(_ name: StaticString, _ flag: inout Bool) throws(JSONMismatch)
  /// A member that is a number, 0…999,999,999, or absent.
  mutating func member(_ name: StaticString, _ number: inout Int?) throws(JSONMismatch)
  /// A member that is a text, or absent.
  mutating func member(_ name: StaticString, _ text: inout String?) throws(JSONMismatch)
  /// A member that is a moment as `Timestamp` writes it.
  mutating func member(_ name: StaticString, _ moment: inout Timestamp) throws(JSONMismatch)
}

extension Members {
  /// A member that is a text.
  mutating func member(_ name: StaticString, _ text: inout String) throws(JSONMismatch) {
    var found: String? = text
    try member(name, &found)
    text = try found.orMismatch
  }

  /// A member that is a number from 0 to 2^63−1, as a text.
  mutating func member(_ name: StaticString, _ number: inout Int64) throws(JSONMismatch) {
    var digits = String(number)
    try member(name, &digits)
    number = try Int64(digits).orMismatch
    guard number >= 0, String(number) == digits else { throw JSONMismatch() }
  }
}

extension JSONWriter: Members {
  mutating func member(_ name: StaticString, _ flag: inout Bool) {
    member(name.description, flag ? true : nil)
  }

  mutating func member(_ name: StaticString, _ number: inout Int?) {
    member(name.description, number)
  }

  mutating func member(_ name: StaticString, _ text: inout String?) {
    member(name.description, text)
  }

  mutating func member(_ name: StaticString, _ moment: inout Timestamp) {
    member(name.description, moment)
  }
}

extension JSONNode: Members {
  mutating func member(_ name: StaticString, _ flag: inout Bool) throws(JSONMismatch) {
    flag = try bool(name.description) == true
  }

  mutating func member(_ name: StaticString, _ number: inout Int?) throws(JSONMismatch) {
    number = try integer(name.description)
    let isPossible = number.map(PlainMembers.possibleNumbers.contains) ?? true
    guard isPossible else { throw JSONMismatch() }
  }

  mutating func member(_ name: StaticString, _ text: inout String?) throws(JSONMismatch) {
    text = try self.text(name.description)
  }

  mutating func member(_ name: StaticString, _ moment: inout Timestamp) throws(JSONMismatch) {
    var text = try self.text(name.description).orMismatch
    moment = try text.withUTF8 { Timestamp(written: UnsafeRawBufferPointer($0)) }.orMismatch
  }
}

/// The members of a flat JSON object of plain texts and numbers, `{"a":"1","b":2}`, read in its order
/// and without a document: a million events make two million lines of the day index.
///
/// Plain is what means its very bytes: nothing is taken that JSON does not say (RFC 8259 §6, §7).
struct PlainMembers: Members {
  typealias Bytes = UnsafeRawBufferPointer

  /// What is not taken yet.
  private var left: Bytes

  /// More is not ours, and would make sums overflow.
  static let possibleNumbers = 0...999_999_999

  /// - Parameter object: stays where it is for as long as this is used.
  init(_ object: Bytes) {
    left = object
  }

  /// Whether nothing but the object's end is left.
  var isAtEnd: Bool { left.count == 1 && left.first == UInt8(ascii: "}") }

  mutating func member(_ name: StaticString, _ flag: inout Bool) {
    flag = false
    guard let value = value(of: name), value.starts(with: "true".utf8) else { return }
    left = Bytes(rebasing: value[4...])
    flag = true
  }

  mutating func member(_ name: StaticString, _ number: inout Int?) {
    number = nil
    guard let value = value(of: name) else { return }
    let digits = value.prefix(while: \.isASCIIDigit)
    guard 1...9 ~= digits.count, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
      return
    }
    left = Bytes(rebasing: value[digits.endIndex...])
    number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  mutating func member(_ name: StaticString, _ text: inout String?) {
    text = self.text(name).map { String(decoding: $0, as: UTF8.self) }
  }

  mutating func member(_ name: StaticString, _ moment: inout Timestamp) throws(JSONMismatch) {
    moment = try text(name).flatMap(Timestamp.init(written:)).orMismatch
  }

  /// Takes a text without an escape, a control character or a letter beyond ASCII.
  private mutating func text(_ name: StaticString) -> Bytes? {
    guard let value = value(of: name), value.first == UInt8(ascii: "\"") else { return nil }
    let end = JSONEscapes.endOfPlain(value.assumingMemoryBound(to: UInt8.self), from: 1)
    guard end < value.count, value[end] == UInt8(ascii: "\"") else { return nil }
    left = Bytes(rebasing: value[(end + 1)...])
    return Bytes(rebasing: value[1..<end])
  }

  /// What stands behind the next member's name, `,"name":`, if it is this one.
  private func value(of name: StaticString) -> Bytes? {
    let length = name.utf8CodeUnitCount
    guard left.count > length + 4, let start = left.baseAddress,
      left[0] == UInt8(ascii: "{") || left[0] == UInt8(ascii: ","),
      left[1] == UInt8(ascii: "\""), memcmp(start + 2, name.utf8Start, length) == 0,
      left[length + 2] == UInt8(ascii: "\""), left[length + 3] == UInt8(ascii: ":")
    else { return nil }
    return Bytes(rebasing: left[(length + 4)...])
  }
}
