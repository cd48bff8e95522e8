import Gupy
import JSON

/// An event's details as the journal keeps them.
package final class KeptDetails: KeptEvent {
  package let details: WebhookEvent.Details

  package init(_ details: WebhookEvent.Details) {
    self.details = details
  }

  package init(json: JSONNode) throws(JSONMismatch) {
    details = try WebhookEvent.Details(json: json)
  }

  package func write(to json: inout JSONWriter) { details.write(to: &json) }

  /// The details, and whether their date was ahead of the moment at which they were written.
  fileprivate func arrived(at moment: String) -> WebhookEvent.Details {
    Timestamp(moment).map(details.arrived) ?? details
  }

  package var indexedType: String { details.type.rawValue }
  package var erased: KeptDetails { KeptDetails(details.erased) }
}

extension Journal {
  /// A journal of Gupy's events in a state folder that exists.
  package init(state: String) {
    self.init(state: state, keeping: KeptDetails.self)
  }
}

extension Line {
  /// A line that keeps an event.
  ///
  /// - Parameter isErased: whether all that names the candidate was erased from it.
  package init(at: String, eventId: String, event: WebhookEvent.Details, isErased: Bool = false) {
    self.init(
      at: at, eventId: eventId, kept: KeptDetails(event), erased: isErased ? true : nil)
  }

  /// What is kept of the webhook.
  package var event: WebhookEvent.Details? { (kept as? KeptDetails)?.arrived(at: at) }
}

extension Entry {
  /// The event; nil when its line cannot be read.
  package var event: WebhookEvent.Details? { keptDetails?.arrived(at: firstAt) }

  /// When its first line was written; nil where that cannot be read.
  package var arrival: Timestamp? { Timestamp(firstAt) }

  /// The same, for looking at single fields of many events without a copy of all.
  package var keptDetails: KeptDetails? { kept as? KeptDetails }
}
