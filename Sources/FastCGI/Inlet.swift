import Glibc

/// What a web server sends on a connection, as it comes, with a bound on every wait.
///
/// A web server has the whole request's head before it connects and sends it at once, so that a
/// connection that says nothing, or stops in between, costs a worker no more than `Limits.prompt`.
final class Inlet {
  /// A whole record with its padding (FastCGI spec §3.3).
  private static let capacity = 8 + 65_535 + 255

  private let descriptor: Int32
  private let prompt: Duration
  private var end: ContinuousClock.Instant
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 8)
  private var unread = 0..<0

  /// Reads from a connected socket, which stays the caller's.
  init(descriptor: Int32, limits: Limits) {
    self.descriptor = descriptor
    prompt = limits.prompt
    end = .now + limits.prompt
  }

  deinit { buffer.deallocate() }

  /// From here on everything has to arrive within `limit`; no pause may be longer than before.
  func extend(to limit: Duration) {
    end = .now + limit
  }

  /// The next `count` bytes, at most a record's, or nil if they do not come. They are valid until
  /// the next call.
  func take(_ count: Int) -> UnsafeRawBufferPointer? {
    while unread.count < count {
      guard fill() else { return nil }
    }
    let start = unread.lowerBound
    unread = start + count..<unread.upperBound
    return UnsafeRawBufferPointer(rebasing: buffer[start..<start + count])
  }

  private func fill() -> Bool {
    let rest = buffer[unread]
    UnsafeMutableRawBufferPointer(rebasing: buffer[..<rest.count]).copyMemory(
      from: UnsafeRawBufferPointer(rebasing: rest))
    let count = receive(into: UnsafeMutableRawBufferPointer(rebasing: buffer[rest.count...]))
    unread = 0..<rest.count + count
    return count > 0
  }

  /// What is there, or comes in time; 0 if nothing does.
  ///
  /// It looks before it waits: what has arrived counts, however late this process gets to it.
  private func receive(into room: UnsafeMutableRawBufferPointer) -> Int {
    repeat {
      let count = recv(descriptor, room.baseAddress, room.count, Int32(MSG_DONTWAIT))
      if count >= 0 { return count }
      guard errno == EAGAIN || errno == EINTR else { return 0 }
    } while wait()
    return 0
  }

  private func wait() -> Bool {
    let rest = min(end - .now, prompt)
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard rest > .zero else { return false }
    let count = poll(&entry, 1, Int32(clamping: Int(rest / .milliseconds(1)) + 1))
    return count > 0 || count < 0 && errno == EINTR
  }
}
