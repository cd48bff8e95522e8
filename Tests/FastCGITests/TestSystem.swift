import Glibc
import Testing

/// A listening socket with an address that the kernel chooses, of `AF_UNIX` or `AF_INET`.
func makeListener(family: Int32 = AF_UNIX) throws -> Int32 {
  let listener = socket(family, Int32(SOCK_STREAM.rawValue), 0)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(family)
  address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
  let size = family == AF_UNIX ? MemoryLayout<sa_family_t>.size : MemoryLayout<sockaddr_in>.size
  let isBound = withUnsafePointer(to: &address) {
    bind(listener, __CONST_SOCKADDR_ARG(__sockaddr_in__: $0), socklen_t(size)) == 0
  }
  try #require(isBound)
  try #require(listen(listener, 511) == 0)
  return listener
}

/// A socket that is connected to `listener`.
func makeConnection(to listener: Int32) -> Int32 {
  var address = sockaddr_storage()
  var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
  return withUnsafeMutableBytes(of: &address) { bytes in
    let address = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
    getsockname(listener, __SOCKADDR_ARG(__sockaddr__: address), &size)
    let connection = socket(
      Int32(address?.pointee.sa_family ?? 0), Int32(SOCK_STREAM.rawValue), 0)
    connect(connection, __CONST_SOCKADDR_ARG(__sockaddr__: UnsafePointer(address)), size)
    return connection
  }
}

/// Two connected sockets.
func socketPair() -> (Int32, Int32) {
  var ends: [Int32] = [-1, -1]
  socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
  return (ends[0], ends[1])
}

/// The two ends of a pipe.
func makePipe() -> (reading: Int32, writing: Int32) {
  var ends: [Int32] = [-1, -1]
  pipe(&ends)
  return (ends[0], ends[1])
}

/// Everything up to the end of the input, as text.
func readAll(_ descriptor: Int32) -> String {
  var received: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
    received += buffer.prefix(count)
  }
  return String(decoding: received, as: UTF8.self)
}

/// Writes a short text, and returns whether somebody may still read it.
@discardableResult
func write(_ text: String, to descriptor: Int32) -> Bool {
  write(Array(text.utf8), to: descriptor)
}

/// Writes a few bytes, and returns whether somebody may still read them.
@discardableResult
func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } > 0
}

/// Starts a thread in which SIGTERM is blocked from its first instruction, and nothing else.
func start(_ body: @escaping @Sendable () -> Void) -> pthread_t {
  final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var term = sigset_t()
  sigemptyset(&term)
  sigaddset(&term, SIGTERM)
  var mask = sigset_t()
  pthread_sigmask(SIG_SETMASK, &term, &mask)
  defer { pthread_sigmask(SIG_SETMASK, &mask, nil) }
  var thread = pthread_t()
  let work = Unmanaged.passRetained(Work(body)).toOpaque()
  pthread_create(
    &thread, nil,
    { work in
      if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body() }
      return nil
    }, work)
  return thread
}

/// The result of `work` and how long it took.
func measure<Result>(_ work: () throws -> Result) rethrows -> (result: Result, time: Duration) {
  let begin = ContinuousClock.now
  let result = try work()
  return (result, ContinuousClock.now - begin)
}
