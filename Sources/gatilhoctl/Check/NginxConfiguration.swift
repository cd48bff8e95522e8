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
  let directives: [Directive]
  /// Files that are included and cannot be read by this user.
  let unreadable: [String]

  /// How deep files include each other at most; nginx itself knows no bound.
  private static let depth = 10

  /// Reads the main file and all that it includes; nil when the main file cannot be read.
  init?(file: String) {
    var reading = Reading(folder: String(file.prefix { $0 != "\0" }.dropLast(file.nameLength)))
    guard let directives = reading.directives(of: file, depth: 0) else { return nil }
    self.directives = directives
    unreadable = reading.unreadable
  }

  private struct Reading {
    /// That of the main file, in which relative names are looked for.
    let folder: String
    var unreadable: [String] = []

    mutating func directives(of file: String, depth: Int) -> [Directive]? {
      guard depth < NginxConfiguration.depth else { return [] }
      do {
        var words = NginxWords(Array(try Data(contentsOf: URL(filePath: file))))
        return block(&words, depth)
      } catch {
        return nil
      }
    }

    private mutating func block(_ words: inout NginxWords, _ depth: Int) -> [Directive] {
      var directives: [Directive] = []
      while let (line, end) = words.line(), end != .closing {
        let inner = end == .opening ? block(&words, depth) : []
        guard let name = line.first else { continue }
        let arguments = Array(line.dropFirst())
        if name == "include", let pattern = arguments.first {
          directives += included(pattern, depth)
        } else {
          directives.append(Directive(name: name, arguments: arguments, block: inner))
        }
      }
      return directives
    }

    private mutating func included(_ pattern: String, _ depth: Int) -> [Directive] {
      files(pattern.hasPrefix("/") ? pattern : folder + pattern).flatMap { file in
        let found = directives(of: file, depth: depth + 1)
        if found == nil { unreadable.append(file) }
        return found ?? []
      }
    }

    /// The files of a pattern (glob(7)), in the order in which nginx takes them.
    private func files(_ pattern: String) -> [String] {
      var found = glob_t()
      defer { globfree(&found) }
      guard glob(pattern, 0, nil, &found) == 0, let paths = found.gl_pathv else { return [] }
      return (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
    }
  }
}

extension String {
  /// How many characters stand behind the last slash.
  fileprivate var nameLength: Int { split(separator: "/").last?.count ?? 0 }
}
