#include <fcgiapp.h>

#include <unistd.h>

// Swift takes a global variable of C for one that another thread may change.
static inline char **cfastcgi_environment(void) {
  extern char **environ;
  return environ;
}
