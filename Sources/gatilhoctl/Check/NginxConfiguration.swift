import FoundationEssentials
import Glibc

/// nginx's configuration as its files have it: directives, with what they include in their place.
struct NginxConfiguration {
  /// One directive; a block's own directives stand in it.
  struct Directive {
    let name: String
    let arguments: [String]
    let block: [Directive]
  }

  /// What stands outside of every block.
  private(set) var directives: [Directive] = []
  /// Files that are included and cannot be read by this user.
  private(set) var unreadable: [String] = []
  /// That of the main file, in which relative names are looked for.
  private let folder: String

  /// How deep files include each other at most; nginx itself knows no bound.
  private static let depth = 10

  /// Reads the main file and all that it includes; nil when the main file cannot be read.
  init?(file: String) {
    folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    guard let directives = directives(of: file, depth: 0) else { return nil }
    self.directives = directives
  }

  private mutating func directives(of file: String, depth: Int) -> [Directive]? {
    guard depth < Self.depth else { return [] }
    do {
      let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
      var words = Words(text)
      return block(&words, depth)
    } catch {
      return nil
    }
  }

  private mutating func block(_ words: inout Words, _ depth: Int) -> [Directive] {
    var directives: [Directive] = []
    var line: [String] = []
    while let word = words.next() {
      switch word {
      case .word(let text): line.append(text)
      case .closing: return directives
      case .semicolon, .opening:
        let inner = word == .opening ? block(&words, depth) : []
        if line.first == "include", line.count > 1 {
          directives += included(line[1], depth)
        } else if let name = line.first {
          directives.append(Directive(name: name, arguments: Array(line.dropFirst()), block: inner))
        }
        line = []
      }
    }
    return directives
  }

  private mutating func included(_ pattern: String, _ depth: Int) -> [Directive] {
    var found: [Directive] = []
    for file in Self.files(pattern.hasPrefix("/") ? pattern : folder + pattern) {
      if let directives = directives(of: file, depth: depth + 1) {
        found += directives
      } else {
        unreadable.append(file)
      }
    }
    return found
  }

  /// The files of a pattern (glob(7)), in the order in which nginx takes them.
  private static func files(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0, let paths = found.gl_pathv else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
  }
}

/// The words of a configuration file, and what ends a directive.
private struct Words {
  enum Word: Equatable {
    case word(String)
    case semicolon, opening, closing
  }

  /// A comment; quoted text, whose end may lack; an end; or anything up to white space or an end: the
  /// braces of `${name}` are none.
  private static var pattern: Regex<(Substring, Substring?, Substring?)> {
    #/\#[^\n]*|"((?:\\[\s\S]|[^"\\])*)"?|'((?:\\[\s\S]|[^'\\])*)'?|[;{}]|(?:\$\{|[^\s;{}])(?:\$\{[^\s;{}]*\}?|[^\s;{}])*/#
      .matchingSemantics(.unicodeScalar)
  }

  private var rest: ArraySlice<Word>

  init(_ text: String) {
    rest = text.matches(of: Self.pattern).compactMap(Self.word)[...]
  }

  mutating func next() -> Word? { rest.popFirst() }

  private static func word(
    _ match: Regex<(Substring, Substring?, Substring?)>.Match
  ) -> Word? {
    if let quoted = match.output.1 ?? match.output.2 {
      return .word(String(quoted.replacing(/\\([\s\S])/) { $0.output.1 }))
    }
    switch match.output.0 {
    case ";": return .semicolon
    case "{": return .opening
    case "}": return .closing
    case let text: return text.hasPrefix("#") ? nil : .word(String(text))
    }
  }
}
