// The provider's far end for all peers: answers each POST with a message id, at once or after a
// delay, over kept-alive connections. One thread and epoll, so that 200 ms cost no core.
//   provider PORT MILLISECONDS
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 4096, REQUEST = 16384 };

struct connection {
  size_t length;
  char request[REQUEST];
};

static struct connection connections[CONNECTIONS];
// All delays are equal, so whoever asked first is answered first.
static struct { int descriptor; long due; } waiting[CONNECTIONS];
static unsigned first, last;

static long milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void answer(int descriptor) {
  static unsigned long count;
  char body[64], text[256];
  int size = snprintf(body, sizeof body, "{\"message\":{\"uuid\":\"m%012lu\"}}", ++count);
  int length = snprintf(
    text, sizeof text,
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", size, body);
  if (write(descriptor, text, length) != length) close(descriptor);
}

static int isWhole(struct connection *c) {
  c->request[c->length] = 0;
  char *end = strstr(c->request, "\r\n\r\n"), *field = strcasestr(c->request, "\r\nContent-Length:");
  return end && c->length >= (end + 4 - c->request) + (field ? strtoul(field + 17, NULL, 10) : 0);
}

static void welcome(int listener, int poll) {
  int one = 1, descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
  if (descriptor < 0 || descriptor >= CONNECTIONS) return;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  connections[descriptor].length = 0;
  epoll_ctl(poll, EPOLL_CTL_ADD, descriptor,
            &(struct epoll_event){.events = EPOLLIN, .data.fd = descriptor});
}

static void receive(int descriptor, long delay) {
  struct connection *c = &connections[descriptor];
  ssize_t count = read(descriptor, c->request + c->length, REQUEST - 1 - c->length);
  if (count <= 0) {
    close(descriptor);
    return;
  }
  c->length += count;
  if (!isWhole(c)) return;
  c->length = 0;
  if (delay == 0) {
    answer(descriptor);
  } else {
    waiting[last % CONNECTIONS].descriptor = descriptor;
    waiting[last++ % CONNECTIONS].due = milliseconds() + delay;
  }
}

int main(int count, char **arguments) {
  if (count != 3) return 64;
  long delay = atol(arguments[2]);
  int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), poll = epoll_create1(0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])),
                              .sin_addr = {htonl(INADDR_LOOPBACK)}};
  if (bind(listener, (struct sockaddr *)&place, sizeof place) || listen(listener, 1024)) return 69;
  epoll_ctl(poll, EPOLL_CTL_ADD, listener,
            &(struct epoll_event){.events = EPOLLIN, .data.fd = listener});
  for (;;) {
    struct epoll_event events[64];
    long rest = first == last ? -1 : waiting[first % CONNECTIONS].due - milliseconds();
    int ready = epoll_wait(poll, events, 64, first != last && rest < 0 ? 0 : (int)rest);
    for (int i = 0; i < ready; i++) {
      if (events[i].data.fd == listener) welcome(listener, poll);
      else receive(events[i].data.fd, delay);
    }
    while (first != last && waiting[first % CONNECTIONS].due <= milliseconds())
      answer(waiting[first++ % CONNECTIONS].descriptor);
  }
}
