/// Where it is told what of a state folder cannot be read, so that the work can go on with the rest.
package struct Complaint {
  private let tell: (JournalError) -> Void

  /// - Parameter tell: told each failure.
  package init(_ tell: @escaping (JournalError) -> Void) {
    self.tell = tell
  }

  /// One that tells somebody else too.
  package func also(_ other: @escaping (JournalError) -> Void) -> Complaint {
    Complaint { [tell] failure in
      tell(failure)
      other(failure)
    }
  }

  /// What is read; something else where it cannot be, and that is told.
  package func about<Value>(
    _ otherwise: Value, _ read: () throws(JournalError) -> Value
  ) -> Value {
    do throws(JournalError) {
      return try read()
    } catch {
      tell(error)
      return otherwise
    }
  }
}

/// Complaints, kept for whoever asks.
package final class Complaints {
  /// What was told, in its order.
  package private(set) var all: [JournalError] = []

  /// Nothing was told yet.
  package init() {}

  /// Where to tell it.
  package var complaint: Complaint { Complaint { self.all.append($0) } }
}
