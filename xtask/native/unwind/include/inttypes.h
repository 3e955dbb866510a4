#pragma once
#include <stdint.h>
#ifdef __LP64__
#define PRIx64 "lx"
#define PRIu64 "lu"
#define PRId64 "ld"
#define PRIxPTR "lx"
#define PRIuPTR "lu"
#define PRIdPTR "ld"
#else
#define PRIx64 "llx"
#define PRIu64 "llu"
#define PRId64 "lld"
#define PRIxPTR "x"
#define PRIuPTR "u"
#define PRIdPTR "d"
#endif
#define PRIx32 "x"
#define PRIu32 "u"
#define PRId32 "d"
