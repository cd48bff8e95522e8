import Glibc
import Gupy
import JSON

/// What makes a secret look pasted wrongly, or known to others: it is taken, and `gatilhoctl check`
/// warns of it.
package enum SecretDoubt: Equatable, Sendable {
  /// It begins and ends with quotation marks, which shells and `.env` files put there.
  case quoted
  /// It begins with `NAME=`, as a line of an environment file does.
  case assigned
  /// It begins with `Bearer `, which Gupy's header may carry in front of it anyway.
  case withScheme
  /// It is shorter than this many bytes, and may be guessed.
  case shorterThan(Int)
  /// It holds letters that not every client writes into a header the same way.
  case notASCII
  /// Others than owner and group may read its file.
  case readableByOthers(file: String)

  /// As short as a secret that nobody guesses may be, in bytes.
  private static let leastLength = 16
}

extension SecretDoubt {
  /// What is doubtful of any secret.
  static func doubts(of secret: String) -> [SecretDoubt] {
    let isQuoted = ["\"", "'"].contains {
      secret.count > 1 && secret.hasPrefix($0) && secret.hasSuffix($0)
    }
    return [
      isQuoted ? .quoted : nil,
      secret.prefixMatch(of: /(export )?[A-Z_][A-Z0-9_]*=./) == nil ? nil : .assigned,
      secret.lowercased().hasPrefix("bearer ") ? .withScheme : nil,
    ].compactMap(\.self)
  }

  /// What is doubtful of one that Gupy sends, besides.
  static func doubts(ofGupys secret: String) -> [SecretDoubt] {
    [
      secret.utf8.count < leastLength ? .shorterThan(leastLength) : nil,
      secret.utf8.allSatisfy { $0 < 0x80 } ? nil : .notASCII,
    ].compactMap(\.self)
  }

  /// What is doubtful of its file.
  fileprivate static func doubts(ofFile path: String) -> [SecretDoubt] {
    var info = stat()
    guard stat(path, &info) == 0, info.st_mode & 0o004 != 0 else { return [] }
    return [.readableByOthers(file: path)]
  }
}

extension Site {
  /// What is doubtful of each secret that the configuration names, with the path of its place there.
  /// One that cannot be read now is passed over.
  ///
  /// - Parameter environment: where `env:` secrets stand.
  package func secretDoubts(
    environment: [String: String]
  ) -> [(path: String, doubt: SecretDoubt)] {
    do throws(DocumentError) {
      let document = try StrictReader(json5File: file)
      let root = try document.members(Configuration.keys)
      let gupy = try root["gupy"]?.entries() ?? []
      let settings = try root["provider"]?.entries().first { $0.key == "settings" }?.value.entries()
      let secrets = configuration.provider.profile.secrets
      let sent = try gupy.first { $0.key == "secrets" }?.value.list { $0 } ?? []
      let others =
        gupy.filter { $0.key == "token" }.map(\.value)
        + (settings ?? []).filter { secrets[$0.key] != nil }.map(\.value)
      return sent.flatMap { Self.doubts(of: $0, environment, isGupys: true) }
        + others.flatMap { Self.doubts(of: $0, environment, isGupys: false) }
    } catch {
      return []
    }
  }

  private static func doubts(
    of reader: StrictReader, _ environment: [String: String], isGupys: Bool
  ) -> [(path: String, doubt: SecretDoubt)] {
    do throws(DocumentError) {
      let source = try SecretSource(reader, environment)
      let secret = try source.resolve(reader, environment: environment)
      let file: [SecretDoubt] =
        if case .file(let path) = source { SecretDoubt.doubts(ofFile: path) } else { [] }
      let all =
        SecretDoubt.doubts(of: secret)
        + (isGupys ? SecretDoubt.doubts(ofGupys: secret) : []) + file
      return all.map { (reader.path, $0) }
    } catch {
      return []
    }
  }
}
