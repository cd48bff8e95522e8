/// Reads a JSON text from left to right, and stops where it is none.
struct JSONScanner {
  private(set) var places: [JSONDocument.Place] = []
  /// Nothing is read of it without a look at its end.
  private let bytes: UnsafeBufferPointer<UInt8>
  private let isForgiving: Bool
  private var index = 0
  private var depth = 0

  init(_ text: UnsafeBufferPointer<UInt8>, isForgiving: Bool) {
    bytes = text
    self.isForgiving = isForgiving
    places.reserveCapacity(text.count / 12 + 8)
  }

  /// One value, and nothing behind it.
  mutating func readDocument() throws(JSONSyntaxError) {
    try readValue()
    guard peek() == nil else { throw .broken }
  }

  private mutating func readValue() throws(JSONSyntaxError) {
    guard let first = peek() else { throw .broken }
    switch first {
    case UInt8(ascii: "{"): try readObject()
    case UInt8(ascii: "["): try readArray()
    case UInt8(ascii: "\""): try readString()
    case UInt8(ascii: "t"): try readWord("true", .yes)
    case UInt8(ascii: "f"): try readWord("false", .no)
    case UInt8(ascii: "n"): try readWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
    default: throw .broken
    }
  }

  /// The next byte that is no white space; nil at the end.
  private mutating func peek() -> UInt8? {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case let byte: return byte
      }
    }
    return nil
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    index += 1
    return true
  }

  private mutating func add(_ kind: JSONNode.Kind, from start: Int, to end: Int) {
    places.append(
      JSONDocument.Place(start: start, end: end, next: places.count + 1, kind: kind))
  }

  private mutating func readObject() throws(JSONSyntaxError) {
    let place = try open(.object)
    if !skip(UInt8(ascii: "}")) {
      repeat {
        guard peek() == UInt8(ascii: "\"") else { throw .broken }
        try readString()
        guard skip(UInt8(ascii: ":")) else { throw .broken }
        try readValue()
      } while skip(UInt8(ascii: ","))
      guard skip(UInt8(ascii: "}")) else { throw .broken }
    }
    close(place)
  }

  private mutating func readArray() throws(JSONSyntaxError) {
    let place = try open(.array)
    if !skip(UInt8(ascii: "]")) {
      repeat {
        try readValue()
      } while skip(UInt8(ascii: ","))
      guard skip(UInt8(ascii: "]")) else { throw .broken }
    }
    close(place)
  }

  private mutating func open(_ kind: JSONNode.Kind) throws(JSONSyntaxError) -> Int {
    guard depth < JSONNesting.limit else { throw .tooDeep }
    depth += 1
    add(kind, from: index, to: index)
    index += 1
    return places.count - 1
  }

  private mutating func close(_ place: Int) {
    depth -= 1
    places[place].end = index
    places[place].next = places.count
  }

  /// A string, up to the first quote that no backslash stands before. Unless much is forgiven, a NUL
  /// breaks the whole text, and so does what is not UTF-8, which can stand nowhere else.
  private mutating func readString() throws(JSONSyntaxError) {
    let start = index + 1
    var (end, isPlain, isASCII) = (start, true, true)
    /// Bytes in a row that are not ASCII.
    var run = 0
    reading: while true {
      let stop = JSONEscapes.endOfPlain(bytes, from: end)
      run = stop == end ? run + 1 : 1
      end = stop
      guard end < bytes.count else { throw .broken }
      switch bytes[end] {
      case UInt8(ascii: "\""): break reading
      case 0 where !isForgiving: throw .broken
      case UInt8(ascii: "\\"):
        // What it escapes is stepped over, whatever it is.
        (isPlain, isASCII) = (false, false)
        end += 2
      case let byte:
        if byte < 0x20 || run > BoundedMarks.shortest { isPlain = false }
        if byte >= 0x80 { isASCII = false }
        end += 1
      }
    }
    if !isASCII, !isUTF8(start..<end) {
      guard isForgiving else { throw .broken }
      isPlain = false
    }
    places.append(
      JSONDocument.Place(
        start: start, end: end, next: places.count + 1, kind: .string, isPlain: isPlain))
    index = end + 1
  }

  private func isUTF8(_ range: Range<Int>) -> Bool {
    do {
      _ = try UTF8Span(validating: UnsafeBufferPointer(rebasing: bytes[range]).span)
      return true
    } catch {
      return false
    }
  }

  private mutating func readNumber() {
    let start = index
    while index < bytes.count, JSONNumber.mayHold(bytes[index]) { index += 1 }
    add(.number, from: start, to: index)
  }

  private mutating func readWord(
    _ word: StaticString, _ kind: JSONNode.Kind
  ) throws(JSONSyntaxError) {
    let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard bytes.dropFirst(index).starts(with: letters) else { throw .broken }
    add(kind, from: index, to: index + letters.count)
    index += letters.count
  }
}
