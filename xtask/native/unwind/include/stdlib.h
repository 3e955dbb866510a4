#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
__attribute__((noreturn)) void abort(void);
char *getenv(const char *);
void *malloc(size_t);
void free(void *);
#ifdef __cplusplus
}
#endif
