// The least that a FastCGI program can do: take the request, answer an empty 200. By CGI, and on one
// connection, too. Built as floor-libraries it is what a start is compared with: linked against all
// that gatilho is. Built as floor-curl it is linked against libcurl too, and with an argument it
// prepares it, as whoever sends must.
#include <fcgiapp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef WITH_CURL
#include <curl/curl.h>
static void prepare(void) { curl_easy_cleanup(curl_easy_init()); }
#else
static void prepare(void) {}
#endif

static const char answer[] = "Status: 200 OK\r\nContent-Length: 0\r\n\r\n";

static int serve(FCGX_Request *request) {
  if (FCGX_Accept_r(request)) return 0;
  FCGX_PutStr(answer, sizeof answer - 1, request->out);
  request->keepConnection = 0;
  FCGX_Finish_r(request);
  return 1;
}

int main(int count, char **arguments) {
  (void)arguments;
  if (count > 1) prepare();
  if (getenv("GATEWAY_INTERFACE")) return write(1, answer, sizeof answer - 1) < 0;
  FCGX_Request request;
  struct sockaddr peer;
  socklen_t size = sizeof peer;
  FCGX_Init();
  FCGX_InitRequest(&request, 0, 0);
  if (getpeername(0, &peer, &size) == 0) {
    // As gatilho does: libfcgi has no function for a connection that somebody else has accepted.
    request.ipcFd = 0;
    request.keepConnection = 1;
    return !serve(&request);
  }
  while (serve(&request)) {}
}
