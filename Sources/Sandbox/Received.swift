import FoundationEssentials
import Glibc
import JSON

/// One message as a fake provider received it.
package struct Received: Codable, Equatable, Sendable {
  /// The message's id: the event's; empty where the API takes no id of ours.
  package let id: String
  /// Digits only.
  package let recipient: String
  package let template: String
  /// Its values by position.
  package let values: [String]
  /// 200 when the provider took the message, whatever its API calls success and even if it answered
  /// nothing; 0 when it took it and hangs; else the status that it answered,
  /// 400 for a refusal that comes with 200.
  package var status: Int
}

extension Received {
  static let taken = 200
  static let hanging = 0

  /// Whether the candidate gets the message.
  var isTaken: Bool { [Self.taken, Self.hanging].contains(status) }

  /// The same with another answer.
  func answered(_ status: Int) -> Received {
    var copy = self
    copy.status = status
    return copy
  }

  /// An answer's body with the names of this message filled in.
  func fill(_ body: JSONValue) -> JSONValue {
    switch body {
    case .string(let text):
      .string(text.replacing("{{id}}", with: id).replacing("{{recipient}}", with: recipient))
    case .array(let elements): .array(elements.map(fill))
    case .object(let members): .object(members.mapValues(fill))
    case .null, .bool, .integer, .number: body
    }
  }
}

/// The list of received messages: a file of JSON Lines that several processes append to.
package struct ReceivedFile: Sendable {
  private let path: String

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
