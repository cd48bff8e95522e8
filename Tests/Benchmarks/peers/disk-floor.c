// What the disk alone allows: the lock, reads, appends and syncs that gatilho needs for an event, in
// its order and with its numbers of bytes, and nothing else. It decodes nothing, decides nothing and
// tells nobody.
//   disk-floor STATE accepted|ignored|duplicate MILLISECONDS
// MILLISECONDS is what a provider takes. The application is what stands behind
// `"application":{"id":`. Built as call-floor it does not sleep but calls the provider by libcurl, over
// a connection that is kept.
#define _GNU_SOURCE
#include <fcgiapp.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// What gatilho writes and sends of the benchmark's webhook. With the harness's ids every length is
// fixed but for the digits of two times in the day index.
enum {
  EVENT_AND_ATTEMPT = 755, OUTCOME = 160, EVENT_AND_IGNORED = 755,
  MESSAGE = 302, DAY_RECEIVED = 156, DAY_ACCEPTED = 181, DAY_IGNORED = 191,
};

static void call(long milliseconds);

static const char answer[] = "Status: 200 OK\r\nContent-Length: 0\r\n\r\n";
static const char *state;
static char line[1000];

static int openMakingFolder(const char *path, const char *folder, int flags) {
  int file = open(path, flags | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    mkdir(folder, 0700);
    file = open(path, flags | O_CREAT | O_CLOEXEC, 0600);
  }
  if (file < 0) abort();
  return file;
}

static void writeAndSync(int file, const char *bytes, size_t count, off_t place) {
  if (pwrite(file, bytes, count, place) != (ssize_t)count || fdatasync(file)) abort();
}

// The day index: appended, never synced.
static void tellDay(size_t count) {
  char day[16], host[256] = "", folder[4000], path[4400];
  time_t now = time(NULL);
  struct tm parts;
  strftime(day, sizeof day, "%Y-%m-%d", gmtime_r(&now, &parts));
  gethostname(host, sizeof host - 1);
  snprintf(folder, sizeof folder, "%.3900s/days/%s", state, day);
  snprintf(path, sizeof path, "%s/%s.jsonl", folder, host);
  int file = openMakingFolder(path, folder, O_WRONLY | O_APPEND);
  if (write(file, line, count) != (ssize_t)count) abort();
  close(file);
}

static void syncFolder(const char *path) {
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0 || fsync(folder)) abort();
  close(folder);
}

// The folder of a new file, and once a process the two above it.
static void syncFolders(char *folder, long number) {
  static char synced[1000];
  syncFolder(folder);
  if (synced[number]) return;
  syncFolder(strcat(folder, "/.."));
  syncFolder(strcat(folder, "/.."));
  synced[number] = 1;
}

static void keep(int file, const char *what, char *folder, long number, long provider) {
  static char old[65536];
  ssize_t end = pread(file, old, sizeof old, 0);
  if (strcmp(what, "duplicate") == 0) {
    if (end <= 0) abort();
    writeAndSync(file, old, end, 0);
    return;
  }
  int isAccepted = strcmp(what, "accepted") == 0;
  tellDay(DAY_RECEIVED);
  if (end == 0) syncFolders(folder, number);
  writeAndSync(file, line, isAccepted ? EVENT_AND_ATTEMPT : EVENT_AND_IGNORED, end);
  if (isAccepted) {
    call(provider);
    writeAndSync(file, line, OUTCOME, end + EVENT_AND_ATTEMPT);
  }
  tellDay(isAccepted ? DAY_ACCEPTED : DAY_IGNORED);
}

#ifdef WITH_CURL
#include <curl/curl.h>

static size_t take(char *bytes, size_t size, size_t count, void *unused) {
  (void)bytes, (void)unused;
  return size * count;
}

static CURL *prepare(void) {
  char url[100];
  struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
  headers = curl_slist_append(headers, "Authorization: Bearer key");
  CURL *curl = curl_easy_init();
  snprintf(url, sizeof url, "http://127.0.0.1:%s/v1/messages/send", getenv("BENCH_PROVIDER"));
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, line);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)MESSAGE);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 10000L);
  return curl;
}

static void call(long milliseconds) {
  static CURL *curl;
  (void)milliseconds;
  if (!curl) curl = prepare();
  if (curl_easy_perform(curl)) abort();
}
#else
static void call(long milliseconds) { usleep(milliseconds * 1000); }
#endif

static void handle(long application, const char *what, long provider) {
  char folder[4000], path[4400];
  snprintf(path, sizeof path, "%.3900s/lock", state);
  int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  struct flock range = {.l_type = F_WRLCK, .l_start = application, .l_len = 1};
  if (fcntl(lock, F_OFD_SETLKW, &range)) abort();
  snprintf(folder, sizeof folder, "%.3900s/applications/%03ld", state, application % 1000);
  snprintf(path, sizeof path, "%s/%ld.jsonl", folder, application);
  int file = openMakingFolder(path, folder, O_RDWR);
  keep(file, what, folder, application % 1000, provider);
  close(file);
  close(lock);
}

int main(int count, char **arguments) {
  if (count != 4) return 64;
  state = arguments[1];
  memset(line, 'x', sizeof line);
  FCGX_Request request;
  FCGX_Init();
  FCGX_InitRequest(&request, 0, 0);
  while (FCGX_Accept_r(&request) == 0) {
    static char body[65536];
    body[FCGX_GetStr(body, sizeof body - 1, request.in)] = 0;
    char *found = strstr(body, "\"application\":{\"id\":");
    if (found) handle(atol(found + 20), arguments[2], atol(arguments[3]));
    FCGX_PutStr(answer, sizeof answer - 1, request.out);
    FCGX_Finish_r(&request);
  }
}
