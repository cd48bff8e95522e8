import JSON

extension Line {
  /// A line's bytes without what names the candidate: as many bytes, spaces in place of what is gone,
  /// and the event's id where it stood, so that no mixture of old and new loses it.
  ///
  /// Of a line that this program cannot read, or that would not fit in its place, only the event's id is left, and
  /// it stays unreadable: it may have been an attempt. What is erased stays as it is.
  static func erased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let line = Line(bytes)?.withoutCandidate.filling(bytes.count)
    return line ?? Line.place(of: bytes)?.eventId.name(filling: bytes.count) ?? bytes.blanked
  }

  private var withoutCandidate: Line {
    let erased: Kind =
      switch kind {
      case .event(let details, _): .event(details.erased, isErased: true)
      case .outcome(let outcome): .outcome(outcome.erased)
      case .attempt, .reopened: kind
      }
    return Line(at: at, eventId: eventId, erased)
  }

  /// The line in `count` bytes without a newline, spaces in front of an id that ends it, else behind
  /// it; nil when it is longer.
  private func filling(_ count: Int) -> [UInt8]? {
    let line = json
    guard line.count <= count else { return nil }
    let spaces = [UInt8](repeating: .space, count: count - line.count)
    let ending = Array(#","eventId":"#.utf8) + eventId.json + Array("}".utf8)
    guard line.suffix(ending.count) == ending[...] else { return line + spaces }
    return line.dropLast(ending.count) + spaces + ending
  }

}

extension String {
  /// This event id alone, for a line that a person has written shorter than gatilho would, or that
  /// only another program can read; nil where that is too long.
  fileprivate func name(filling count: Int) -> [UInt8]? {
    let name = Array(#""eventId":"#.utf8) + json
    guard name.count <= count else { return nil }
    return name + [UInt8](repeating: .space, count: count - name.count)
  }
}

extension ArraySlice<UInt8> {
  /// The bytes with spaces in place of everything but `"eventId":"…"`: never JSON.
  fileprivate var blanked: [UInt8] {
    var (rest, blanked) = (self, [UInt8]())
    while let name = rest.firstRange(of: Array(#""eventId":""#.utf8)),
      let end = rest[name.upperBound...].endOfString
    {
      blanked += [UInt8](repeating: .space, count: name.lowerBound - rest.startIndex)
      blanked += rest[name.lowerBound...end]
      rest = rest[(end + 1)...]
    }
    return blanked + [UInt8](repeating: .space, count: rest.count)
  }

  /// Where the quotation mark stands that ends a JSON string whose text begins here.
  private var endOfString: Index? {
    var index = startIndex
    while index < endIndex, self[index] != UInt8(ascii: "\"") {
      index += self[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index < endIndex ? index : nil
  }

  /// Whether nothing but event ids was left of an unreadable line.
  var isBlanked: Bool { elementsEqual(blanked) }

  /// Whether an unreadable line is a mixture of a line and what an erasure makes of it: nobody else
  /// writes its mark, or spaces in a row.
  var isHalfErased: Bool {
    let signs = [#""erased":true"#, "  "].map { Array($0.utf8) }
    return !isBlanked && signs.contains { firstRange(of: $0) != nil }
  }
}

extension UInt8 {
  fileprivate static let space = UInt8(ascii: " ")
}
