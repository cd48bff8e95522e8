import FoundationEssentials
import Glibc

/// One message as a fake provider received it.
package struct Received: Codable, Equatable, Sendable {
  /// The message's id: the event's.
  package let id: String
  /// As the API writes numbers.
  package let recipient: String
  /// The template's name.
  package let template: String
  /// Its values by position.
  package let values: [String]
  /// The status that the provider answered; 0 for one that hangs.
  package let status: Int
}

/// The list of received messages: a file of JSON Lines that several processes append to.
package struct ReceivedFile: Sendable {
  private let path: String

  /// A file that need not exist yet.
  package init(path: String) {
    self.path = path
  }

  /// Appends by one call: lines of several processes do not mix.
  func append(_ received: Received) throws {
    let line = try [UInt8](JSONEncoder().encode(received)) + [UInt8(ascii: "\n")]
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    _ = write(descriptor, line, line.count)
  }

  /// All messages in the order of their arrival; none when there is no file yet.
  package func all() throws -> [Received] {
    guard access(path, F_OK) == 0 else { return [] }
    let bytes = try Data(contentsOf: URL(filePath: path))
    return try bytes.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Received.self, from: $0)
    }
  }
}
