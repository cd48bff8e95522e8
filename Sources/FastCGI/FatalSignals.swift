import Glibc

/// The signals of a process that goes wrong. It ends at once, by its signal, and nothing of its
/// memory reaches a disk.
package enum FatalSignals {
  /// What Swift's runtime catches before `main`, unless `SWIFT_BACKTRACE` says otherwise (Swift's
  /// Backtracing.rst). Its handler returns: who is *sent* such a signal lives on, and a thread of its
  /// own reads from a descriptor's number, whoever sits at the other end of it.
  package static let all = [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP]

  /// To be called first in `main`, by every program.
  package static func endTheProcess() {
    for number in all { signal(number, SIG_DFL) }
    var stack = stack_t()
    stack.ss_flags = Int32(SS_DISABLE)
    sigaltstack(&stack, nil)
    keepMemory()
  }

  /// A core dump holds candidates and secrets. The limit 1 also stops one that goes into a pipe,
  /// where 0 is not looked at (Linux, fs/coredump.c). `PR_SET_DUMPABLE` would besides lock the
  /// process's own user out of /proc.
  private static func keepMemory() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    limit.rlim_max = min(limit.rlim_max, 1)
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
  }
}
