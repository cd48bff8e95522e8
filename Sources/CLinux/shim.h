// What Swift's Glibc leaves out.
#include <sys/epoll.h>
#include <sys/signalfd.h>

// Swift takes the variable itself for one that threads race for.
extern char **environ;
static inline char **clinux_environ(void) { return environ; }
