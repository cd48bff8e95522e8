import Journal

/// Long work on many applications, one after the other: it can be stopped between two of them, and
/// one that cannot be had does not stand in the way of the others.
package struct RemovalRun {
  private let isStopped: () -> Bool
  private let progress: (_ done: Int, _ of: Int) -> Void
  private let complain: (String) -> Void

  /// - Parameters:
  ///   - isStopped: asked before each application.
  ///   - progress: told how many are done.
  ///   - complain: told what went wrong, without personal data.
  package init(
    isStopped: @escaping () -> Bool, progress: @escaping (_ done: Int, _ of: Int) -> Void,
    complain: @escaping (String) -> Void
  ) {
    self.isStopped = isStopped
    self.progress = progress
    self.complain = complain
  }

  /// Does `work` to each application; how many are left for another run.
  package func each(
    _ applications: [Int64], _ work: (Int64) throws(JournalError) -> Void
  ) -> Int {
    var left = 0
    for (done, application) in applications.enumerated() {
      guard !isStopped() else { return left + applications.count - done }
      do throws(JournalError) {
        try work(application)
      } catch {
        complain("\(error)")
        left += 1
      }
      progress(done + 1, applications.count)
    }
    return left
  }
}
