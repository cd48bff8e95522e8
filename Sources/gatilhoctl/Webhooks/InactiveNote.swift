import Gupy
import GupyAPI
import Journal

extension RegistrationPlan {
  /// Notes for the page and the metrics whether Gupy has switched one of our webhooks off.
  func noteInactive(in journal: Journal) {
    let inactive = steps.compactMap { step in
      if case .update(let registration, _, let differences) = step, differences.contains(.status) {
        registration.action
      } else {
        nil
      }
    }
    guard !inactive.isEmpty else { return journal.notes.clear(.inactive) }
    journal.notes.note(
      .inactive, inactive.joined(separator: ", "), now: Timestamp.now.milliseconds)
  }
}
