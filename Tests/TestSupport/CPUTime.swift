import Glibc

/// How much of a processor the calling thread used for some work, however busy the machine is.
package func processorTime<Result>(
  _ work: () throws -> Result
) rethrows -> (result: Result, time: Duration) {
  let begin = threadTime()
  let result = try work()
  return (result, threadTime() - begin)
}

private func threadTime() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
