import JSON

@testable import Journal

/// The least that a journal keeps of a webhook.
final class Note: KeptEvent {
  let name: String

  init(name: String) {
    self.name = name
  }

  init(json: JSONNode) throws(JSONMismatch) {
    name = try json.text("name").orMismatch
  }

  func write(to json: inout JSONWriter) {
    json.object { $0.member("name", name) }
  }

  var indexedType: String { name }
  var erased: Note { Note(name: "") }
}

extension Journal {
  init(state: String) {
    self.init(state: state, keeping: Note.self)
  }
}

extension History {
  init(_ bytes: [UInt8]) {
    self.init(bytes, keeping: Note.self)
  }
}

extension Entry {
  var name: String? { (kept as? Note)?.name }
}
