import Gupy

extension WebhookEvent.Details {
  /// The least that is kept of a move, and a candidate's name if there is one.
  package static func least(_ application: Int64 = 1, name: String? = nil) -> Self {
    guard let id = ApplicationID(application) else { preconditionFailure("\(application)") }
    return Self(
      type: .applicationMoved, date: Timestamp(milliseconds: 0),
      application: id, name.map { [.candidateName: $0] } ?? [:])
  }
}
