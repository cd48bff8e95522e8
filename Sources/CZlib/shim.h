// zlib is loaded when it is first needed, as libcurl is (CCurl/shim.h), and comes with it.
#include <dlfcn.h>
#include <stddef.h>
#include <zlib.h>

// Unpacks one member of a gzip file (RFC 1952) that is all of `packed`, its checksum held against it.
// How many bytes it has; -1 where it is broken, longer than `room`, or zlib is not there.
static inline ptrdiff_t czlib_gunzip(
    const unsigned char *packed, size_t length, unsigned char *unpacked, size_t room) {
  void *library = dlopen("libz.so.1", RTLD_LAZY | RTLD_LOCAL);
  __typeof__(&inflateInit2_) begin = library ? dlsym(library, "inflateInit2_") : NULL;
  __typeof__(&inflate) run = library ? dlsym(library, "inflate") : NULL;
  __typeof__(&inflateEnd) end = library ? dlsym(library, "inflateEnd") : NULL;
  z_stream stream = {
      .next_in = (z_const Bytef *)packed, .avail_in = (uInt)length,
      .next_out = unpacked, .avail_out = (uInt)room};
  if (!begin || !run || !end) return -1;
  // 16: a gzip header and trailer, and nothing else.
  if (begin(&stream, 16 + MAX_WBITS, ZLIB_VERSION, (int)sizeof stream) != Z_OK) return -1;
  int result = run(&stream, Z_FINISH);
  ptrdiff_t count = result == Z_STREAM_END && stream.avail_in == 0 ? (ptrdiff_t)stream.total_out : -1;
  end(&stream);
  return count;
}
