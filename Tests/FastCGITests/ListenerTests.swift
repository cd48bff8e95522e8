import Glibc
import Testing

@testable import FastCGI

struct ListenerTests {
  @Test(arguments: [
    (EAGAIN, Listener.Failure.passing), (EINTR, .passing), (ECONNABORTED, .passing),
    (EMFILE, .shortage), (ENFILE, .shortage), (ENOMEM, .shortage), (ENOBUFS, .shortage),
    (EPERM, .shortage), (EPROTO, .shortage), (ENETDOWN, .shortage),
    (EBADF, .final(EBADF)), (EINVAL, .final(EINVAL)), (ENOTSOCK, .final(ENOTSOCK)),
  ])
  func `a failed accept ends the server only if the socket is of no use`(
    number: Int32, failure: Listener.Failure
  ) {
    #expect(Listener.Failure(errno: number) == failure)
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
