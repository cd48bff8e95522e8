// Swift cannot call C functions with variable arguments: one wrapper for each argument type
// that gatilho passes to `curl_easy_setopt` and `curl_easy_getinfo`.
#include <curl/curl.h>

static inline CURLcode ccurl_set_long(CURL *curl, CURLoption option, long value) {
  return curl_easy_setopt(curl, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *curl, CURLoption option, const void *value) {
  return curl_easy_setopt(curl, option, value);
}

typedef size_t (*ccurl_transfer)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ccurl_set_transfer(CURL *curl, CURLoption option, ccurl_transfer value) {
  return curl_easy_setopt(curl, option, value);
}

static inline CURLcode ccurl_get_long(CURL *curl, CURLINFO info, long *value) {
  return curl_easy_getinfo(curl, info, value);
}
