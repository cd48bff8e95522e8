import Glibc
import Testing

@testable import FastCGI

struct ListenerTests {
  @Test(
    arguments: [
      (EAGAIN, 0), (EINTR, 0), (ECONNABORTED, 0), (EMFILE, 100_000), (ENFILE, 100_000),
      (ENOMEM, 100_000), (ENOBUFS, 100_000), (EPERM, 100_000), (EPROTO, 100_000),
      (ENETDOWN, 100_000),
    ] as [(Int32, UInt32)])
  func `after a failed accept the next one follows, with a pause if something lacks`(
    number: Int32, pause: UInt32
  ) throws {
    #expect(try Listener.pause(after: number) == pause)
  }

  @Test(arguments: [EBADF, EINVAL, ENOTSOCK])
  func `a failed accept ends the server only if the socket is of no use`(number: Int32) {
    #expect(throws: ServerError.accept(errno: number)) { try Listener.pause(after: number) }
  }

  @Test func `a listening socket does not block the worker that comes too late`() throws {
    let descriptor = try makeListener()
    let thread = start {
      #expect(throws: Never.self) {
        _ = try Listener(descriptor: descriptor, stop: Server.blockStopSignals())
      }
      #expect(accept(descriptor, __SOCKADDR_ARG(), nil) == -1)
    }
    pthread_join(thread, nil)
    close(descriptor)
  }

  @Test func `a descriptor that does not listen is an error`() {
    let (reading, writing) = makePipe()
    close(writing)
    let thread = start {
      for (input, number) in [(reading, ENOTSOCK), (Int32.max, EBADF)] {
        #expect(throws: ServerError.accept(errno: number)) {
          try Server().run(transport: .worker, input: input) { _ in Response(status: .ok) }
        }
      }
    }
    pthread_join(thread, nil)
    close(reading)
  }
}
