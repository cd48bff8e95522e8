import Glibc

/// How the provider fared lately, for all workers of a state folder: after three failures in a row no
/// message is sent for a minute, or as long as the provider asked for (the breaker is open), and then
/// one worker probes with a real message (half-open). A success closes it.
///
/// Without it a provider that accepts and hangs would put every event in doubt; with it, those whose
/// messages were on their way when it opened, and one at each probe.
///
/// `provider.jsonl` has a line for each failure since the last success: appended, so that none is lost
/// where several workers fail at once. Who sends or probes is marked in `working`; a mark that is older
/// than a call may take keeps nobody waiting, and what its owner brings later changes nothing. Nothing
/// here is synced, what cannot be read counts as absent, and what goes wrong costs a few needless
/// calls.
package struct CircuitBreaker: Sendable {
  private let file: String
  private let lock: String
  private let working: Working

  /// Failures in a row that open it.
  package static let patience = 3
  /// How long it stays open at least, in milliseconds.
  package static let length: Int64 = 60_000

  init(state: String) {
    file = state + "/provider.jsonl"
    lock = state + "/provider.lock"
    working = Working(folder: state + "/working")
  }

  /// The right to send a message; nil while the breaker is open.
  ///
  /// After a failure only as many messages are on their way as may fail until it opens.
  ///
  /// - Parameter now: milliseconds since 1970.
  package func enter(now: Int64) throws(JournalError) -> Permit? {
    let failures = failures()
    guard failures.count >= Self.patience else { return send(after: failures.count, now) }
    return failures.left(now) == nil ? try probe(now) : nil
  }

  private func send(after failures: Int, _ now: Int64) -> Permit? {
    let mark = working.begin(.sending, now: now)
    let others =
      failures == 0
      ? 0 : [.sending, .probing].reduce(0) { $0 + working.live($1, but: mark, now: now).count }
    guard failures + others < Self.patience else { return nil }
    return Permit(self, since: now, mark)
  }

  /// One at a time: of those who come at once the one that gets the lock, which is another as soon as
  /// a prober has had the longest time that one may take.
  private func probe(_ now: Int64) throws(JournalError) -> Permit? {
    guard working.live(.probing, now: now).isEmpty else { return nil }
    let turn = try File(lock, O_RDWR | O_CREAT)
    guard try turn.lockByte(now / Working.life) else { return nil }
    // A worker of an earlier version probes by this byte alone.
    _ = try turn.lockByte(0)
    return Permit(self, since: now, working.begin(.probing, now: now), turn: turn)
  }

  /// Why messages may stop, as far as one look tells; nil when nothing has failed since the last
  /// success. It takes no lock.
  ///
  /// - Parameter now: milliseconds since 1970.
  package func trouble(now: Int64) -> Trouble? {
    let failures = failures()
    guard let first = failures.first, let last = failures.last else { return nil }
    let (isClosed, left) = (failures.count < Self.patience, failures.left(now))
    return Trouble(
      since: failures.dropFirst(Self.patience - 1).first?.at ?? first.at, latest: last,
      isClosed: isClosed, left: left,
      prober: isClosed || left != nil ? nil : working.live(.probing, now: now).first)
  }

  /// Why messages may stop.
  package struct Trouble: Sendable {
    /// When it opened; where it is closed, when the first message failed. Milliseconds since 1970.
    package let since: Int64
    /// What failed last.
    package let latest: ProviderFailure
    /// Whether messages are still sent: it has not failed three times.
    package let isClosed: Bool
    /// How much longer nothing is sent, in milliseconds; nil when a message may try.
    package let left: Int64?
    /// Who tries now.
    package let prober: Working.Place?
  }

  /// Closes it, whatever was.
  package func close() { unlink(file) }

  fileprivate func add(_ failure: ProviderFailure) {
    do throws(JournalError) {
      try File(file, O_WRONLY | O_APPEND | O_CREAT).append(failure.json + [UInt8(ascii: "\n")])
    } catch {}
  }

  /// The failures since the last success, of many the first and the last; what cannot be read is none.
  private func failures() -> [ProviderFailure] {
    do throws(JournalError) {
      let lines = try File(file, O_RDONLY).contents().split(separator: UInt8(ascii: "\n"))
      var failures: [ProviderFailure] = []
      for line in lines where failures.count < Self.patience {
        if let failure = ProviderFailure(json: line) { failures.append(failure) }
      }
      guard failures.count == Self.patience else { return failures }
      return failures + lines.suffix(1).compactMap { ProviderFailure(json: $0) }
    } catch {
      return []
    }
  }
}

extension CircuitBreaker {
  /// The right to send one message, for as long as a call may take. It ends with the process, however
  /// that dies.
  package final class Permit {
    private let breaker: CircuitBreaker
    private let since: Int64
    private let mark: Working.Mark?
    private let turn: File?

    fileprivate init(
      _ breaker: CircuitBreaker, since: Int64, _ mark: Working.Mark?, turn: consuming File? = nil
    ) {
      (self.breaker, self.since, self.mark) = (breaker, since, mark)
      self.turn = turn
    }

    /// Notes that the provider answered as it should.
    package func noteSuccess(now: Int64) {
      if isLive(now) { breaker.close() }
    }

    /// Notes that it did not.
    package func note(_ failure: ProviderFailure) {
      if isLive(failure.at) { breaker.add(failure) }
    }

    /// Others go on without an expired one: what it brings tells of a time that is past.
    private func isLive(_ now: Int64) -> Bool {
      -Working.life...Working.life ~= now - since
    }
  }
}

extension [ProviderFailure] {
  /// How much longer the breaker is open, in milliseconds; nil when it is not.
  fileprivate func left(_ now: Int64) -> Int64? {
    guard count >= CircuitBreaker.patience, let last else { return nil }
    let length = Swift.max(CircuitBreaker.length, last.asked)
    let rest = last.at + length - now
    // An end that is too far away was set by a clock that has been set back since.
    return 1...length ~= rest ? rest : nil
  }
}
