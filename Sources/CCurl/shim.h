// libcurl is not linked but loaded when it is first needed: with the 35 libraries that it needs it
// takes longer to load than all else together, and most of what a CGI process is asked sends nothing.
//
// Swift cannot call C functions with variable arguments either: `curl_easy_setopt` and
// `curl_easy_getinfo` have a wrapper for each argument type that gatilho passes.
#include <curl/curl.h>
#include <dlfcn.h>
#include <stddef.h>

// A function of libcurl, found once; null where it is not there.
#define CCURL(name)                                        \
  ({                                                       \
    static void *found;                                    \
    (__typeof__(&name))ccurl_find(&found, #name);          \
  })

// Of threads that look at once each finds the same.
static inline void *ccurl_find(void **found, const char *name) {
  void *function = __atomic_load_n(found, __ATOMIC_ACQUIRE);
  if (!function) {
    void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
    function = library ? dlsym(library, name) : NULL;
    __atomic_store_n(found, function, __ATOMIC_RELEASE);
  }
  return function;
}

// Null once libcurl is there, else why it is not: the newest function needed came with 7.83. The others
// are called only after it.
static inline const char *ccurl_load(void) { return CCURL(curl_easy_header) ? NULL : dlerror(); }

static inline CURL *ccurl_init(void) { return CCURL(curl_easy_init)(); }

static inline void ccurl_cleanup(CURL *curl) { CCURL(curl_easy_cleanup)(curl); }

static inline void ccurl_reset(CURL *curl) { CCURL(curl_easy_reset)(curl); }

static inline CURLcode ccurl_perform(CURL *curl) { return CCURL(curl_easy_perform)(curl); }

static inline const char *ccurl_error(CURLcode code) { return CCURL(curl_easy_strerror)(code); }

static inline CURLcode ccurl_set_long(CURL *curl, CURLoption option, long value) {
  return CCURL(curl_easy_setopt)(curl, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *curl, CURLoption option, const void *value) {
  return CCURL(curl_easy_setopt)(curl, option, value);
}

typedef size_t (*ccurl_transfer)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ccurl_set_transfer(CURL *curl, CURLoption option, ccurl_transfer value) {
  return CCURL(curl_easy_setopt)(curl, option, value);
}

static inline CURLcode ccurl_get_long(CURL *curl, CURLINFO info, long *value) {
  return CCURL(curl_easy_getinfo)(curl, info, value);
}

// The last answer's header of this name; null without one.
static inline const char *ccurl_header(CURL *curl, const char *name) {
  struct curl_header *header;
  CURLHcode code = CCURL(curl_easy_header)(curl, name, 0, CURLH_HEADER, -1, &header);
  return code == CURLHE_OK ? header->value : NULL;
}

static inline struct curl_slist *ccurl_append(struct curl_slist *list, const char *line) {
  return CCURL(curl_slist_append)(list, line);
}

static inline void ccurl_free(struct curl_slist *list) { CCURL(curl_slist_free_all)(list); }
