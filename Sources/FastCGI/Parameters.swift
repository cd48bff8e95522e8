/// A request's meta-variables by name (RFC 3875 §4.1), with what the web server adds of its own.
///
/// Some forty come and six are read: so they stay the name-value pairs that they come in (FastCGI spec
/// §3.4), and are looked up.
package struct Parameters: Sendable {
  private let bytes: [UInt8]

  /// Takes pairs as they come; nil if one is not whole or holds a NUL, which a meta-variable cannot
  /// (RFC 3875 §4.1).
  init?(pairs bytes: [UInt8]) {
    self.bytes = bytes
    let isWhole = bytes.withUnsafeBytes { bytes in
      var end = 0
      while let pair = Pair(bytes, at: end), !pair.holdsNUL(bytes) { end = pair.value.upperBound }
      return end == bytes.count
    }
    guard isWhole else { return nil }
  }

  /// The very same names and values.
  package init(_ variables: [String: String]) {
    bytes = variables.flatMap { name, value in
      [name, value].flatMap { text in
        let count = UInt32(text.utf8.count) | 1 << 31
        return (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) }
      } + Array(name.utf8) + Array(value.utf8)
    }
  }

  /// The value of a variable, nil if it did not come. Of two with one name, the last one counts.
  package subscript(_ name: String) -> String? {
    var name = name
    return bytes.withUnsafeBytes { bytes in
      name.withUTF8 { name in
        var (end, found) = (0, nil as Range<Int>?)
        while let pair = Pair(bytes, at: end) {
          if pair.name.count == name.count, bytes[pair.name].elementsEqual(name) {
            found = pair.value
          }
          end = pair.value.upperBound
        }
        return found.map { String(decoding: bytes[$0], as: UTF8.self) }
      }
    }
  }

  /// All of them, for whoever has to see each.
  package var all: [String: String] {
    bytes.withUnsafeBytes { bytes in
      var (end, all) = (0, [:] as [String: String])
      while let pair = Pair(bytes, at: end) {
        let name = String(decoding: bytes[pair.name], as: UTF8.self)
        all[name] = String(decoding: bytes[pair.value], as: UTF8.self)
        end = pair.value.upperBound
      }
      return all
    }
  }
}

/// Where a name and its value stand.
private struct Pair {
  let name: Range<Int>
  let value: Range<Int>

  /// Nil at the end, and where no whole pair stands.
  init?(_ bytes: UnsafeRawBufferPointer, at start: Int) {
    var place = start
    guard let nameLength = Self.length(bytes, &place),
      let valueLength = Self.length(bytes, &place),
      nameLength + valueLength <= bytes.count - place
    else { return nil }
    name = place..<place + nameLength
    value = name.upperBound..<name.upperBound + valueLength
  }

  /// One byte, or four whose first bit is set.
  private static func length(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> Int? {
    guard place < bytes.count else { return nil }
    let first = bytes[place]
    place += 1
    guard first & 0x80 != 0 else { return Int(first) }
    guard place + 3 <= bytes.count else { return nil }
    defer { place += 3 }
    return bytes[place..<place + 3].reduce(Int(first & 0x7F)) { $0 << 8 | Int($1) }
  }

  func holdsNUL(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes[name.lowerBound..<value.upperBound].contains(0)
  }
}

extension Parameters: Equatable {
  /// In whatever order they came.
  package static func == (one: Parameters, other: Parameters) -> Bool { one.all == other.all }
}

extension Parameters: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, String)...) {
    self.init(Dictionary(elements) { $1 })
  }
}
