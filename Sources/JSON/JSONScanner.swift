/// Reads a text from left to right, and stops where it is none.
struct JSONScanner {
  private(set) var places: [JSONDocument.Place] = []
  /// Nothing is read of it without a look at its end.
  private let bytes: UnsafeBufferPointer<UInt8>
  private let isForgiving: Bool
  private let isJSON5: Bool
  private var index = 0
  private var depth = 0

  init(_ text: UnsafeBufferPointer<UInt8>, _ dialect: JSONDocument.Dialect) {
    bytes = text
    isForgiving = dialect == .forgiving
    isJSON5 = dialect == .json5
    places.reserveCapacity(text.count / 12 + 8)
  }

  /// One value, and nothing behind it.
  mutating func readDocument() throws(JSONSyntaxError) {
    if isJSON5, let fault = faultOfUTF8(in: 0..<bytes.count) {
      throw .broken(at: fault, expected: "UTF-8")
    }
    try readValue()
    guard peek() == nil else { throw broken("nothing more") }
  }

  private func broken(_ expected: StaticString) -> JSONSyntaxError {
    .broken(at: index, expected: expected)
  }

  private mutating func readValue() throws(JSONSyntaxError) {
    guard let first = peek() else { throw broken("a value") }
    switch first {
    case UInt8(ascii: "{"): try readAll(.object, until: UInt8(ascii: "}"))
    case UInt8(ascii: "["): try readAll(.array, until: UInt8(ascii: "]"))
    case UInt8(ascii: "\""): try readString(first)
    case UInt8(ascii: "'") where isJSON5: try readString(first)
    case UInt8(ascii: "t"): try readWord("true", .yes)
    case UInt8(ascii: "f"): try readWord("false", .no)
    case UInt8(ascii: "n"): try readWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
    case UInt8(ascii: "+") where isJSON5, UInt8(ascii: ".") where isJSON5: try readNumber()
    default: throw broken("a value")
    }
  }

  /// The next byte that is no white space; nil at the end.
  @inline(__always)
  private mutating func peek() -> UInt8? {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case let byte: if !isJSON5 || !skipComment() { return byte }
      }
    }
    return nil
  }

  /// Steps over a comment that ends, or white space that JSON does not have.
  @inline(never)
  private mutating func skipComment() -> Bool {
    let rest = bytes[index...]
    if rest.starts(with: "//".utf8) {
      index = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    } else if rest.starts(with: "/*".utf8) {
      guard let end = rest.dropFirst(2).firstRange(of: Array("*/".utf8)) else { return false }
      index = end.upperBound
    } else {
      guard bytes[index] < 0x20 || bytes[index] >= 0x80 else { return false }
      let spaces = ["\u{B}", "\u{C}", "\u{A0}", "\u{FEFF}", "\u{2028}", "\u{2029}"]
      guard let space = spaces.first(where: { rest.starts(with: $0.utf8) }) else { return false }
      index += space.utf8.count
    }
    return true
  }

  @inline(__always)
  private mutating func skip(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    index += 1
    return true
  }

  private mutating func add(
    _ kind: JSONNode.Kind, from start: Int, to end: Int, isPlain: Bool = false
  ) {
    places.append(
      JSONDocument.Place(
        start: start, end: end, next: places.count + 1, kind: kind, isPlain: isPlain))
  }

  /// An array with its elements, or an object with its members.
  private mutating func readAll(
    _ kind: JSONNode.Kind, until end: UInt8
  ) throws(JSONSyntaxError) {
    guard depth < JSONDocument.depthLimit else { throw .tooDeep(at: index) }
    let place = places.count
    add(kind, from: index, to: index)
    depth += 1
    index += 1
    var isLast = skip(end)
    while !isLast {
      if kind == .object { try readName() }
      try readValue()
      isLast = !skip(UInt8(ascii: ",")) || isJSON5 && peek() == end
      if isLast, !skip(end) { throw broken(kind == .object ? "\",\" or \"}\"" : "\",\" or \"]\"") }
    }
    depth -= 1
    places[place].end = index
    places[place].next = places.count
  }

  private mutating func readName() throws(JSONSyntaxError) {
    switch peek() {
    case UInt8(ascii: "\""): try readString(UInt8(ascii: "\""))
    case UInt8(ascii: "'") where isJSON5: try readString(UInt8(ascii: "'"))
    case let first? where isJSON5 && isOfName(first) && !first.isASCIIDigit:
      let start = index
      while index < bytes.count, isOfName(bytes[index]) { index += 1 }
      add(.string, from: start, to: index)
    default: throw broken("a name")
    }
    guard skip(UInt8(ascii: ":")) else { throw broken("\":\" behind a name") }
  }

  /// Whether the byte can stand in a name without quotes, or in a number, of JSON5.
  private func isOfName(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte.isASCIIDigit || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
  }

  /// A string, up to the first quote that no backslash stands before. Unless much is forgiven, a NUL
  /// breaks the whole text, and so does what is not UTF-8, which can stand nowhere else; of JSON5 all
  /// that cannot be read does, so that a person hears where.
  private mutating func readString(_ quote: UInt8) throws(JSONSyntaxError) {
    let start = index + 1
    var (end, isPlain, isASCII) = (start, true, true)
    /// Bytes in a row that are not ASCII, or between single quotes.
    var run = 0
    reading: while true {
      let stop = quote == UInt8(ascii: "\"") ? JSONEscapes.endOfPlain(bytes, from: end) : end
      run = stop == end ? run + 1 : 1
      end = stop
      guard end < bytes.count else { throw unended(end) }
      switch bytes[end] {
      case quote: break reading
      case 0 where !isForgiving, 0..<0x20 where isJSON5: throw unended(end)
      case UInt8(ascii: "\\"):
        // What it escapes is stepped over, whatever it is.
        (isPlain, isASCII) = (false, false)
        end += isJSON5 ? try lengthOfEscape(at: end) : 2
      case let byte:
        if byte < 0x20 || run > BoundedMarks.shortest { isPlain = false }
        if byte >= 0x80 { isASCII = false }
        end += 1
      }
    }
    if !isASCII, let fault = faultOfUTF8(in: start..<end) {
      guard isForgiving else { throw .broken(at: fault, expected: "UTF-8") }
      isPlain = false
    }
    add(.string, from: start, to: end, isPlain: isPlain)
    index = end + 1
  }

  private func unended(_ end: Int) -> JSONSyntaxError {
    .broken(at: end, expected: "the quote that ends a text")
  }

  private func lengthOfEscape(at index: Int) throws(JSONSyntaxError) -> Int {
    guard let length = JSONEscapes.length(json5: bytes[(index + 1)...]) else {
      throw .broken(at: index, expected: "an escape of JSON5, such as \\n or \\\\")
    }
    return 1 + length
  }

  /// Where the first byte stands that is not UTF-8.
  private func faultOfUTF8(in range: Range<Int>) -> Int? {
    do {
      _ = try UTF8Span(validating: UnsafeBufferPointer(rebasing: bytes[range]).span)
      return nil
    } catch {
      return range.lowerBound + error.byteOffsets.lowerBound
    }
  }

  private mutating func readNumber() throws(JSONSyntaxError) {
    let start = index
    while index < bytes.count, isOfNumber(bytes[index]) { index += 1 }
    if isJSON5 {
      let number = UnsafeBufferPointer(rebasing: bytes[start..<index])
      guard JSONNumber(number, isJSON5: true)?.double != nil else {
        throw .broken(at: start, expected: "a number that can be read")
      }
    }
    add(.number, from: start, to: index)
  }

  private func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: isJSON5 && isOfName(byte)
    }
  }

  private mutating func readWord(
    _ word: StaticString, _ kind: JSONNode.Kind
  ) throws(JSONSyntaxError) {
    let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard bytes.dropFirst(index).starts(with: letters) else { throw broken("a value") }
    add(kind, from: index, to: index + letters.count)
    index += letters.count
  }
}

/// Why a text is not read; places are counted in bytes from behind a byte order mark.
package enum JSONSyntaxError: Error {
  /// It is no JSON, or not UTF-8.
  case broken(at: Int, expected: StaticString)
  /// It has more than `JSONDocument.depthLimit` levels, and may be broken, or no UTF-8, behind them.
  case tooDeep(at: Int)
}

extension JSONSyntaxError {
  /// The line, the column in characters, what is expected there, and what was found.
  func problem(in text: ArraySlice<UInt8>) -> String {
    let (place, expected) =
      switch self {
      case .broken(let place, let expected): (place, "\(expected)")
      case .tooDeep(let place): (place, "at most \(JSONDocument.depthLimit) levels of brackets")
      }
    let (before, behind) = (text.prefix(place), text.dropFirst(place))
    let lines = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let column = (lines.last ?? []).count { $0 & 0xC0 != 0x80 } + 1
    let found =
      switch String(decoding: behind.prefix(4), as: UTF8.self).unicodeScalars.first {
      case nil: "the end of the file"
      case "\n", "\r": "the end of the line"
      case "\"": "a quote"
      case let scalar?: "\"\(scalar)\""
      }
    return "line \(lines.count), column \(column): expected \(expected), found \(found)"
  }
}
