import Glibc

/// A JSON text as its grammar sees it (RFC 8259): which values stand where. What stands inside a string
/// or a number is not looked at until it is asked for: a broken escape or number spoils no other value.
package final class JSONDocument: Sendable {
  /// How many levels a text may have: more than anything that is read here.
  package static let depthLimit = 64

  private let bytes: ArraySlice<UInt8>
  private let dialect: Dialect
  /// All values in the text's order, the root first: an array's elements behind it, and behind an
  /// object each member's name and value.
  let places: [Place]

  /// What a text may be.
  package enum Dialect: Sendable {
    /// JSON in UTF-8 without a NUL.
    case strict
    /// JSON in which a NUL, or what is not UTF-8, spoils no more than the string in which it stands.
    case forgiving
    /// JSON5 (spec.json5.org), in which nothing at all may be broken; without `Infinity`, `NaN`, a NUL
    /// in a text, and a backslash before what needs none.
    case json5
  }

  /// Where one value stands, counted from the text's first byte: a string without its quotes.
  struct Place {
    let start: Int
    var end: Int
    /// The index behind the last value inside.
    var next: Int
    let kind: JSONNode.Kind
    /// Whether it is a string that means what its bytes are: no escape, no control character, nothing
    /// broken, and no long run of anything but ASCII.
    var isPlain = false
  }

  /// Reads a whole text, with a byte order mark before it or without.
  package init(
    _ text: ArraySlice<UInt8>, _ dialect: Dialect = .strict
  ) throws(JSONSyntaxError) {
    bytes = text.withoutByteOrderMark
    self.dialect = dialect
    places = try bytes.withUnsafeBufferPointer { bytes throws(JSONSyntaxError) in
      var scanner = JSONScanner(bytes, dialect)
      try scanner.readDocument()
      return scanner.places
    }
  }

  /// The value that is the whole text.
  package var root: JSONNode { JSONNode(document: self, index: 0) }

  /// All strings, members' names too, as far as they can be read, and all numbers as they are written,
  /// in the text's order.
  package var texts: [String] {
    places.compactMap { place in
      switch place.kind {
      case .string: text(place).text
      case .number: read(place) { String(decoding: $0, as: UTF8.self) }
      case .null, .yes, .no, .array, .object: nil
      }
    }
  }

  /// What `read` makes of a value's bytes.
  private func read<Result>(
    _ place: Place, _ read: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
      read(UnsafeBufferPointer(rebasing: bytes[place.start..<place.end]))
    }
  }

  fileprivate func number(_ place: Place) -> JSONNumber? {
    read(place) { JSONNumber($0, isJSON5: dialect == .json5) }
  }

  /// A string's text, as far as it can be read.
  fileprivate func text(_ place: Place) -> JSONText {
    read(place) { bytes in
      place.isPlain
        ? JSONText(plain: String(decoding: bytes, as: UTF8.self))
        : JSONText(escaped: bytes, isJSON5: dialect == .json5)
    }
  }

  /// Where the value of an object's next member of a name stands. Nil where there is none, and for
  /// what is no object.
  ///
  /// - Parameter last: where the value of the one before stands.
  fileprivate func place(
    ofMember name: UnsafeBufferPointer<UInt8>, in object: Int, after last: Int?
  ) -> Int? {
    places.withUnsafeBufferPointer { places in
      bytes.withUnsafeBufferPointer { bytes in
        guard places[object].kind == .object else { return nil }
        var index = last.map { places[$0].next } ?? object + 1
        while index < places[object].next {
          if isName(places[index], name, bytes) { return index + 1 }
          index = places[index + 1].next
        }
        return nil
      }
    }
  }

  private func isName(
    _ place: Place, _ name: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard place.isPlain else {
      // An escape has six bytes for one at the most: no other name is worth reading.
      guard place.end - place.start <= 6 * name.count else { return false }
      return text(place).whole?.utf8.elementsEqual(name) == true
    }
    guard place.end - place.start == name.count else { return false }
    guard let text = bytes.baseAddress, let name = name.baseAddress else { return true }
    return memcmp(text + place.start, name, place.end - place.start) == 0
  }
}

/// One value of a JSON text.
package struct JSONNode: Sendable {
  fileprivate let document: JSONDocument
  fileprivate let index: Int

  /// What a value is.
  package enum Kind: Sendable {
    case null, yes, no, number, string, array, object
  }

  private var place: JSONDocument.Place { document.places[index] }

  package var kind: Kind { place.kind }

  /// The value of an object's member; of two with one name the first counts. Nil where there is
  /// none, and for what is no object.
  package subscript(name: String) -> JSONNode? {
    var name = name
    return name.withUTF8 { document.place(ofMember: $0, in: index, after: nil) }
      .map { JSONNode(document: document, index: $0) }
  }

  /// The values of all of an object's members of one name, in the text's order.
  package func values(of name: String) -> [JSONNode] {
    var name = name
    return name.withUTF8 { name in
      var (values, last): ([JSONNode], Int?) = ([], nil)
      while let next = document.place(ofMember: name, in: index, after: last) {
        values.append(JSONNode(document: document, index: next))
        last = next
      }
      return values
    }
  }

  /// An array's elements; nil for what is no array.
  package var elements: [JSONNode]? { kind == .array ? children : nil }

  /// An object's members by name, in the text's order; nil for what is no object, and where a name
  /// cannot be read.
  package var members: [(name: String, value: JSONNode)]? {
    guard kind == .object else { return nil }
    let children = children
    let members = stride(from: 0, to: children.count, by: 2).compactMap { index in
      children[index].text.map { (name: $0, value: children[index + 1]) }
    }
    return members.count * 2 == children.count ? members : nil
  }

  private var children: [JSONNode] {
    var children: [JSONNode] = []
    var index = index + 1
    while index < place.next {
      children.append(JSONNode(document: document, index: index))
      index = document.places[index].next
    }
    return children
  }

  /// A string's text; nil for a broken escape, half a surrogate pair, a bare control character, and
  /// for what is no string.
  package var text: String? { readable?.whole }

  /// A string's text, as far as it can be read; nil for what is no string.
  package var readable: JSONText? { kind == .string ? document.text(place) : nil }

  /// A boolean; nil for what is none.
  package var bool: Bool? { kind == .yes ? true : kind == .no ? false : nil }

  /// A number that `Double` can hold; nil for any other, and for what is no number.
  package var double: Double? { number?.double }

  /// A whole number from −2^63 to 2^63−1, however it is written; nil for anything else.
  package var integer: Int64? { number?.integer }

  private var number: JSONNumber? { kind == .number ? document.number(place) : nil }
}
