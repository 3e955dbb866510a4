/* bionic's libc, libm, libdl and liblog on a machine with glibc: what differs in name or meaning. All else is found in
   glibc itself, which this library names as needed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void *next(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) {
    fprintf(stderr, "shim: no %s in glibc\n", name);
    abort();
  }
  return found;
}

int *__errno(void) { return __errno_location(); }

int __system_property_get(const char *name, char *value) {
  (void)name;
  value[0] = 0;
  return 0;
}

/* bionic's is POSIX's, glibc's by this name is GNU's. */
int shim_strerror_r(int, char *, size_t) __asm__("strerror_r");
extern int __xpg_strerror_r(int, char *, size_t);
int shim_strerror_r(int error, char *text, size_t length) { return __xpg_strerror_r(error, text, length); }

/* The numbers of the questions differ. */
long shim_sysconf(int) __asm__("sysconf");
long shim_sysconf(int question) {
  long (*sysconf)(int) = (long (*)(int))next("sysconf");
  switch (question) {
    case 0x27: case 0x28: return sysconf(_SC_PAGESIZE);
    case 0x60: return sysconf(_SC_NPROCESSORS_CONF);
    case 0x61: return sysconf(_SC_NPROCESSORS_ONLN);
  }
  fprintf(stderr, "shim: sysconf(%d) has no counterpart here\n", question);
  errno = EINVAL;
  return -1;
}

int __android_log_write(int level, const char *tag, const char *text) {
  return fprintf(stderr, "%d %s: %s\n", level, tag, text);
}

#ifdef __arm__
extern unsigned long __gnu_Unwind_Find_exidx(unsigned long, int *);
unsigned long dl_unwind_find_exidx(unsigned long pc, int *count) { return __gnu_Unwind_Find_exidx(pc, count); }
#endif
