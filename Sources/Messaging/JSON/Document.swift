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
  var prefix = ""
  var scanner = Scanner()
  for (index, line) in lines.enumerated() {
    prefix += line + "\n"
    for character in line + "\n" { scanner.read(character) }
    let endings = ["", ":0", "0", "0:0"].map { scanner.isInComment ? "*/" + $0 : $0 }
    let canEnd = endings.contains { ending in
      JSONValue(Array((prefix + ending + scanner.closers).utf8), allowsJSON5: true) != nil
    }
    if !canEnd, !prefix.allSatisfy(\.isWhitespace) || index + 1 == lines.count { return index + 1 }
  }
  return lines.count
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
