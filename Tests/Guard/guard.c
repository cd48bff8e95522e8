// The guard of a test run: no process outlives the run, however the run ends.
//
// Before anything else runs, the process that `swift test` started forks twice. The innermost
// process runs the tests; the two around it wait. Whatever a test starts descends from all of them,
// and who loses his parent is adopted by the nearest of the three that still lives
// (PR_SET_CHILD_SUBREAPER): daemons too, whatever became of their session and environment. When the
// tests have ended, or whoever started the run has, the rest is killed. The outer process holds the
// place that `swift test` knows; the inner guard has a session and a name of its own, so that no
// signal to the group and no `pkill -f` meets both.
//
// A run whose tests pass and that leaves a process behind all the same fails, and says which.
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

/// What swift_backtrace catches: a process that catches it lives on where it should end.
static const int fatal[] = {SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP};

/// Sent by the kernel when the parent, or one of its threads, has ended.
static const int orphaned = SIGUSR1;

/// Reads the beginning of a file of a process; returns its length, 0 without one.
static size_t read_file(const char *process, const char *name, char *text, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/%s", process, name);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t count = read(file, text, size - 1);
  close(file);
  text[count < 0 ? 0 : count] = 0;
  return count < 0 ? 0 : (size_t)count;
}

/// Whether a process, by its name in /proc, is a child of this one and has not ended (proc(5):
/// state and parent follow the program's name, which may hold anything, in brackets).
static int is_child(const char *process) {
  char text[512], state;
  int parent;
  if (!isdigit(process[0]) || !read_file(process, "stat", text, sizeof text)) return 0;
  const char *rest = strrchr(text, ')');
  if (!rest || sscanf(rest, ") %c %d", &state, &parent) != 2) return 0;
  return parent == getpid() && state != 'Z' && state != 'X';
}

static void end(const char *process) { kill(atoi(process), SIGKILL); }

static void name(const char *process) {
  char command[512];
  size_t length = read_file(process, "cmdline", command, sizeof command);
  for (size_t i = 0; i + 1 < length; i++) {
    if (!command[i]) command[i] = ' ';
  }
  dprintf(STDERR_FILENO, "error: the tests left a process behind: %s %s\n", process, command);
}

/// Does something to each child; returns how many there are.
static int each_child(void (*act)(const char *)) {
  int count = 0;
  DIR *processes = opendir("/proc");
  for (struct dirent *entry; processes && (entry = readdir(processes));) {
    if (!is_child(entry->d_name)) continue;
    count += 1;
    act(entry->d_name);
  }
  if (processes) closedir(processes);
  return count;
}

/// Waits until the innermost has ended, or the one above has.
///
/// Returns whether the innermost has ended by itself, and how.
static int is_over(pid_t child, pid_t above, int *status) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigaddset(&set, orphaned);
  prctl(PR_SET_PDEATHSIG, orphaned);
  while (getppid() == above) {
    for (pid_t ended; (ended = waitpid(-1, status, WNOHANG)) > 0;) {
      if (ended == child) return 1;
    }
    sigwaitinfo(&set, NULL);
  }
  return 0;
}

/// Whether no descendant is left within ten seconds: who was told to end may still be at it.
static int is_alone(void) {
  for (int i = 0; i < 100; i++) {
    while (waitpid(-1, NULL, WNOHANG) > 0) {}
    if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD) return 1;
    usleep(100000);
  }
  return 0;
}

/// Kills all descendants: the children of who ends become this one's.
static void sweep(void) {
  do { each_child(end); } while (waitpid(-1, NULL, 0) > 0 || errno == EINTR);
}

/// Waits for a child, ends what it leaves, and ends as it did.
static _Noreturn void stand_guard(pid_t child, pid_t above) {
  int status = 0;
  int ended = is_over(child, above, &status);
  int left = ended && WIFEXITED(status) && !is_alone() ? each_child(name) : 0;
  sweep();
  if (!ended) _exit(EXIT_FAILURE);
  if (WIFSIGNALED(status)) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    signal(WTERMSIG(status), SIG_DFL);
    kill(getpid(), WTERMSIG(status));
  }
  _exit(WEXITSTATUS(status) == 0 && left > 0 ? EXIT_FAILURE : WEXITSTATUS(status));
}

/// Changes what ps(1) and pkill(1) show of this process.
static void rename_self(int argc, char **argv) {
  size_t size = (size_t)(argv[argc - 1] + strlen(argv[argc - 1]) - argv[0]);
  memset(argv[0], 0, size);
  strncpy(argv[0], "guard of a test run", size);
  prctl(PR_SET_NAME, "guard");
}

static pid_t fork_or_exit(void) {
  pid_t child = fork();
  if (child >= 0) return child;
  perror("fork");
  _exit(EX_OSERR);
}

/// glibc hands `main`'s arguments to what runs before it.
__attribute__((constructor)) static void guard(int argc, char **argv) {
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) signal(fatal[i], SIG_DFL);
  sigset_t set, before;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigaddset(&set, orphaned);
  sigprocmask(SIG_BLOCK, &set, &before);

  pid_t starter = getppid(), outer = getpid();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  pid_t child = fork_or_exit();
  if (child > 0) stand_guard(child, starter);

  pid_t inner = getpid();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  child = fork_or_exit();
  if (child > 0) {
    setsid();
    rename_self(argc, argv);
    stand_guard(child, outer);
  }

  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != inner) _exit(EXIT_FAILURE);
  sigprocmask(SIG_SETMASK, &before, NULL);
}
