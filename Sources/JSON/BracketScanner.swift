/// Follows strings, comments and brackets, to know what is open.
///
/// It agrees with Foundation's decoder wherever that reads on (swift-foundation, JSONScanner.swift
/// and JSON5Scanner.swift), or brackets could be hidden from it: behind `\u` the decoder skips four
/// bytes whatever they are, so that `"\u000\"` is a whole string.
struct BracketScanner {
  private var open: [UInt8] = []
  private var state = State.plain
  /// The greatest number of brackets that were open at once.
  private(set) var deepest = 0

  private enum State {
    case plain, slash, lineComment
    case blockComment(isStar: Bool)
    case string(quote: UInt8)
    case escape(quote: UInt8)
    case digits(quote: UInt8, left: Int)
  }

  /// What would close the text: the end of a comment, and all brackets.
  var closers: (comment: [UInt8], brackets: [UInt8]) {
    if case .blockComment = state { return (Array("*/".utf8), open.reversed()) }
    return ([], open.reversed())
  }

  /// Takes the next byte.
  mutating func read(_ byte: UInt8) {
    switch state {
    case .plain: readPlain(byte)
    case .slash: readBehindSlash(byte)
    case .lineComment:
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { state = .plain }
    case .blockComment(let isStar):
      let isOver = isStar && byte == UInt8(ascii: "/")
      state = isOver ? .plain : .blockComment(isStar: byte == UInt8(ascii: "*"))
    case .string(let quote):
      if byte == quote { state = .plain }
      if byte == UInt8(ascii: "\\") { state = .escape(quote: quote) }
    case .escape(let quote): readEscape(byte, quote)
    case .digits(let quote, let left):
      state = left == 1 ? .string(quote: quote) : .digits(quote: quote, left: left - 1)
    }
  }

  private mutating func readPlain(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "{"): push(UInt8(ascii: "}"))
    case UInt8(ascii: "["): push(UInt8(ascii: "]"))
    case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): state = .string(quote: byte)
    case UInt8(ascii: "/"): state = .slash
    default: break
    }
  }

  private mutating func push(_ closer: UInt8) {
    open.append(closer)
    deepest = max(deepest, open.count)
  }

  private mutating func readBehindSlash(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "/"): state = .lineComment
    case UInt8(ascii: "*"): state = .blockComment(isStar: false)
    default:
      state = .plain
      readPlain(byte)
    }
  }

  private mutating func readEscape(_ byte: UInt8, _ quote: UInt8) {
    switch byte {
    case UInt8(ascii: "u"): state = .digits(quote: quote, left: 4)
    case UInt8(ascii: "x"): state = .digits(quote: quote, left: 2)
    default: state = .string(quote: quote)
    }
  }
}
