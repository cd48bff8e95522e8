import JSON

/// A webhook that gatilho acts upon: whole, and decoded once.
package struct WebhookEvent: Sendable, Equatable {
  /// Gupy's id of the event, 1 to 200 characters, the same in every redelivery.
  package let id: String
  /// What the journal keeps of it.
  package let details: Details

  /// An event as it was validated, or as it was read back from the journal.
  package init(id: String, details: Details) {
    self.id = id
    self.details = details
  }

  /// The text at `path`, nil if it is absent; ids are digits, the date is
  /// `2026-03-04T18:30:12.345Z`.
  package func value(at path: EventPath) -> String? {
    path == .eventID ? id : details[path]
  }

  /// What is wrong with one value of an event; it never holds the value.
  package struct Problem: Sendable, Equatable {
    /// Where it stands, or should stand, in the event.
    package let path: EventPath
    /// What is wrong there.
    package let problem: Kind

    /// A problem at `path`.
    package init(path: EventPath, problem: Kind) {
      self.path = path
      self.problem = problem
    }

    /// Everything that can be wrong with a value. None of it stops an event.
    package enum Kind: String, JSONConvertible, Sendable {
      /// Nothing stands where something is expected.
      case missing
      /// What stands there cannot be read, and is left out; of a name or another free text only the
      /// characters that cannot.
      case unreadable
      /// It has more bytes than a text of Gupy's has, and is left out.
      case tooLong
      /// Not a valid CPF; kept as sent.
      case notCPF
      /// Not an e-mail address; kept as sent.
      case notEmail
      /// Not a number that can receive a message; kept as sent.
      case notMobile
      /// A date that had not come yet when the event arrived; kept as sent.
      case ahead
    }
  }
}

/// The two actions that gatilho subscribes to, as Gupy spells them.
package enum EventType: String, CaseIterable, JSONConvertible, Sendable {
  /// A candidate applied, or the company added one.
  case applicationCreated = "application.created"
  /// An application moved to another step; a rejection makes no such event.
  case applicationMoved = "application.moved"
}
