// Starts a program for each connection to its standard input, with the connection as the program's
// standard input: what systemd does with Accept=yes.
//   inetd PROGRAM [ARGUMENT…]
#define _GNU_SOURCE
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **arguments) {
  if (count < 2) return 64;
  for (;;) {
    int connection = accept4(0, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0) return 71;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, connection, 0);
    if (posix_spawn(NULL, arguments[1], &actions, NULL, arguments + 1, environ)) return 71;
    posix_spawn_file_actions_destroy(&actions);
    close(connection);
    while (waitpid(-1, NULL, WNOHANG) > 0) {}
  }
}
