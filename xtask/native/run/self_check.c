/* Loads a library as a process of its own would and runs its self-check: LIBRARY BUNDLE IMAGE VERDICTS. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

/* Of packed.c. */
const char *apply_packed_relocations(void *library);

static void die(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(100);
}

static unsigned char *bytes(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END)) die(path);
  *length = ftell(file);
  rewind(file);
  unsigned char *all = malloc(*length);
  if (!all || fread(all, 1, *length, file) != *length) die(path);
  fclose(file);
  return all;
}

int main(int count, char **words) {
  if (count != 5) die("usage: self_check LIBRARY BUNDLE IMAGE VERDICTS");
  /* DEEPBIND: what the library needs is looked up in what it names, the shim, before this program's C library. */
  void *library = dlopen(words[1], RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
  if (!library) die(dlerror());
  const char *wrong = apply_packed_relocations(library);
  if (wrong) die(wrong);
  int (*check)(const unsigned char *, size_t, const unsigned char *, size_t, long long);
  *(void **)&check = dlsym(library, "smsfilter_self_check");
  if (!check) die(dlerror());
  size_t bundle, image;
  unsigned char *from = bytes(words[2], &bundle), *expected = bytes(words[3], &image);
  int step = check(from, bundle, expected, image, atoll(words[4]));
  dlclose(library);
  return step;
}
