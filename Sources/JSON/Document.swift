import FoundationEssentials

extension StrictReader {
  /// Bytes that a document may have: far beyond what a person writes.
  private static let limit = 65_536

  /// Parses a document that a person wrote: JSON5, so that it can hold comments.
  ///
  /// - Throws: an error that names the line where the syntax breaks.
  package init(json5 text: [UInt8], file: String) throws(DocumentError) {
    let bytes = [UInt8](text[...].withoutByteOrderMark)
    guard bytes.count <= Self.limit else {
      throw DocumentError(
        file: file, path: "", "expected at most \(Self.limit) bytes, found \(bytes.count)")
    }
    // Foundation takes a twentieth of a start to read what is plain JSON. It refuses an escaped NUL,
    // which nobody may put into a file: C would read less than is there.
    let plain = bytes[...].contains(UInt8(ascii: "\\")) ? nil : JSONValue(bytes)
    guard let value = plain ?? JSONValue(json5: bytes) else {
      throw DocumentError(file: file, path: "", "line \(brokenLine(bytes)): not valid JSON5")
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
private func brokenLine(_ bytes: [UInt8]) -> Int {
  let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
  let isWhole = Syntax.stands(in: bytes)
  var (good, bad) = (0, ends.count + 1)
  // What cannot be closed after some line cannot be closed after a later one.
  while bad - good > 1 {
    let middle = (good + bad) / 2
    let closed = closings(of: bytes[...ends[middle - 1]])
    let isGood = closed.contains {
      isWhole ? JSONValue(json5: $0) != nil : Syntax.stands(in: $0)
    }
    if isGood { good = middle } else { bad = middle }
  }
  return bad
}

/// The texts that a beginning can be made: its comment ended, a value given, its brackets closed.
private func closings(of prefix: ArraySlice<UInt8>) -> [[UInt8]] {
  var scanner = BracketScanner()
  for byte in prefix { scanner.read(byte) }
  let (comment, brackets) = scanner.closers
  return ["", ":0", "0", "0:0"].map { Array(prefix) + comment + Array($0.utf8) + brackets }
}

/// Anything at all: the decoder reads the text and looks into no value, which would take far longer.
private struct Syntax: Decodable {
  init(from decoder: any Decoder) {}

  static func stands(in bytes: [UInt8]) -> Bool {
    guard JSONNesting.isSafe(json5: bytes[...]) else { return false }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      _ = try decoder.decode(Syntax.self, from: Data(bytes))
      return true
    } catch {
      return false
    }
  }
}
