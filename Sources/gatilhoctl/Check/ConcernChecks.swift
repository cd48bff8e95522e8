import Configuration
import Gupy
import Handler
import Journal
import Pages

/// The states in which messages stop, may stop, or wait for somebody, as the page shows them.
struct ConcernChecks {
  let site: Site

  /// Tells each state that is entered; one line when none is.
  func report(_ tell: (Finding) -> Void) {
    do throws(JournalError) {
      let concerns = try Overview(site, now: .now, strayBudget: .max).concerns
      if concerns.isEmpty { tell(.good("concerns", "none")) }
      for concern in concerns { tell(Self.finding(concern)) }
    } catch {
      tell(.failure("concerns", "\(error)", remedy: error.remedy))
    }
  }

  private static func finding(_ concern: Concern) -> Finding {
    let name = concern.kind.rawValue
    let words = concern.sentence(\.local)[.english]
    let remedy = concern.kind.remedy[.english]
    return concern.kind.isGrave
      ? .failure(name, words, remedy: remedy) : .warning(name, words, remedy: remedy)
  }
}
