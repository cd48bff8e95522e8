/// A JSON text that grows from left to right, without white space. Slashes are not escaped.
package struct JSONWriter {
  /// What is written so far, in UTF-8.
  fileprivate private(set) var bytes: [UInt8] = []

  fileprivate init() {
    bytes.reserveCapacity(512)
  }

  /// An object, whose members `write` adds: in the order of their names, as everything that gatilho
  /// writes has them.
  package mutating func object(_ write: (inout JSONWriter) -> Void) {
    bytes.append(UInt8(ascii: "{"))
    write(&self)
    bytes.append(UInt8(ascii: "}"))
  }

  /// A member of the object that is being written; left out when there is no value.
  package mutating func member<Value: JSONWritable>(_ name: String, _ value: Value?) {
    guard let value else { return }
    writeName(name)
    value.write(to: &self)
  }

  /// As above, for the most common of all.
  package mutating func member(_ name: String, _ value: String?) {
    guard let value else { return }
    writeName(name)
    write(value)
  }

  /// A member that is an object.
  package mutating func object(_ name: String, _ write: (inout JSONWriter) -> Void) {
    writeName(name)
    object(write)
  }

  private mutating func writeName(_ name: String) {
    comma()
    write(name)
    bytes.append(UInt8(ascii: ":"))
  }

  /// An array.
  package mutating func array(_ elements: some Sequence<some JSONWritable>) {
    bytes.append(UInt8(ascii: "["))
    for element in elements {
      comma()
      element.write(to: &self)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Between two members or elements. What stands inside a string ends with its quote.
  private mutating func comma() {
    if bytes.last != UInt8(ascii: "{"), bytes.last != UInt8(ascii: "[") {
      bytes.append(UInt8(ascii: ","))
    }
  }

  /// A string, with its quotes.
  package mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { text in
      var index = 0
      while index < text.count {
        let end = JSONEscapes.endOfPlain(text, from: index)
        bytes.append(contentsOf: text[index..<end])
        if end < text.count { write(text[end]) }
        index = end + 1
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func write(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): bytes += #"\""#.utf8
    case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
    case 0x08: bytes += #"\b"#.utf8
    case 0x0C: bytes += #"\f"#.utf8
    case 0x0A: bytes += #"\n"#.utf8
    case 0x0D: bytes += #"\r"#.utf8
    case 0x09: bytes += #"\t"#.utf8
    case ..<0x20: bytes += ((byte < 0x10 ? #"\u000"# : #"\u00"#) + String(byte, radix: 16)).utf8
    default: bytes.append(byte)
    }
  }

  /// A number, a boolean or null, as it is spelled.
  package mutating func write(word: String) { bytes.append(contentsOf: word.utf8) }
}

/// A type that is written as JSON.
package protocol JSONWritable {
  /// Writes one value.
  func write(to json: inout JSONWriter)
}

/// A type that is written as JSON and read again.
package typealias JSONConvertible = JSONReadable & JSONWritable

extension JSONWritable {
  /// The value as a whole text in UTF-8.
  package var json: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }
}

extension String: JSONWritable {
  package func write(to json: inout JSONWriter) { json.write(self) }
}

extension Bool: JSONWritable {
  package func write(to json: inout JSONWriter) { json.write(word: self ? "true" : "false") }
}

extension Int: JSONWritable {
  package func write(to json: inout JSONWriter) { json.write(word: String(self)) }
}

extension Int64: JSONWritable {
  package func write(to json: inout JSONWriter) { json.write(word: String(self)) }
}

extension Double: JSONWritable {
  /// The shortest spelling that is this number again; what has no JSON form (infinity) is null.
  package func write(to json: inout JSONWriter) {
    let isWhole = self == rounded() && magnitude < 1e15
    json.write(word: isFinite ? isWhole ? String(Int64(self)) : String(self) : "null")
  }
}

extension Array: JSONWritable where Element: JSONWritable {
  package func write(to json: inout JSONWriter) { json.array(self) }
}

extension Dictionary: JSONWritable where Key == String, Value: JSONWritable {
  package func write(to json: inout JSONWriter) {
    json.object { json in
      for (name, value) in sorted(by: { $0.key < $1.key }) { json.member(name, value) }
    }
  }
}

extension JSONWritable where Self: RawRepresentable<String> {
  /// One of a closed set of words.
  package func write(to json: inout JSONWriter) { json.write(rawValue) }
}
