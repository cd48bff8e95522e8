import FoundationEssentials

extension StrictReader {
  /// Parses a document that a person wrote: JSON5, so that it can hold comments.
  ///
  /// - Throws: an error that names the line where the syntax breaks.
  package init(json5 bytes: [UInt8], file: String) throws(DocumentError) {
    guard let value = JSONValue(bytes, allowsJSON5: true) else {
      let line = brokenLine(String(decoding: bytes, as: UTF8.self))
      throw DocumentError(file: file, path: "", "line \(line): not valid JSON5")
    }
    self.init(value, file: file)
  }

  /// Reads and parses a file.
  package init(json5File file: String) throws(DocumentError) {
    let bytes = try StrictReader(.null, file: file).contents(of: file)
    try self.init(json5: bytes, file: file)
  }

  /// The bytes of a file that this place names.
  package func contents(of file: String) throws(DocumentError) -> [UInt8] {
    do {
      return try [UInt8](Data(contentsOf: URL(filePath: file)))
    } catch {
      throw self.error("cannot read \(file): make it a file that this user may read")
    }
  }
}

/// The first line after which nothing could make the text a document; the last when it only ends
/// too early. The decoder itself names no position in JSON5.
private func brokenLine(_ text: String) -> Int {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  var (good, bad) = (0, lines.count)
  // What cannot be closed after some line cannot be closed after a later one.
  while bad - good > 1 {
    let middle = (good + bad) / 2
    let prefix = lines[..<middle].joined(separator: "\n") + "\n"
    if canBeClosed(prefix) { good = middle } else { bad = middle }
  }
  return bad
}

private func canBeClosed(_ prefix: String) -> Bool {
  guard !prefix.allSatisfy(\.isWhitespace) else { return true }
  var scanner = Scanner()
  for character in prefix { scanner.read(character) }
  return ["", ":0", "0", "0:0"].contains { ending in
    let end = (scanner.isInComment ? "*/" : "") + ending + scanner.closers
    return JSONValue(Array((prefix + end).utf8), allowsJSON5: true) != nil
  }
}

/// Follows strings, comments and brackets, to know what is open.
private struct Scanner {
  private var open: [Character] = []
  private var state = State.plain
  private var previous: Character = " "

  private enum State: Equatable {
    case plain, lineComment, blockComment
    case string(quote: Character, escaped: Bool)
  }

  var isInComment: Bool { state == .blockComment }
  var closers: String { String(open.reversed()) }

  /// Takes the next character.
  mutating func read(_ character: Character) {
    switch state {
    case .plain: readPlain(character)
    case .lineComment where character == "\n": state = .plain
    case .blockComment where previous == "*" && character == "/": state = .plain
    case .string(let quote, escaped: false) where character == quote: state = .plain
    case .string(let quote, let escaped):
      state = .string(quote: quote, escaped: !escaped && character == "\\")
    case .lineComment, .blockComment: break
    }
    previous = character
  }

  private mutating func readPlain(_ character: Character) {
    switch (previous, character) {
    case (_, "{"): open.append("}")
    case (_, "["): open.append("]")
    case (_, "}"), (_, "]"): _ = open.popLast()
    case (_, "\""), (_, "'"): state = .string(quote: character, escaped: false)
    case ("/", "/"): state = .lineComment
    case ("/", "*"): state = .blockComment
    default: break
    }
  }
}
