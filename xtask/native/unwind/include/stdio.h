#pragma once
#include <stddef.h>
/* Printed before abort() alone, and bionic has had `stderr` as a symbol only since API 23: left out. */
#define stderr ((void *)0)
#define fprintf(...) ((void)0)
#define fflush(f) ((void)0)
#ifdef __cplusplus
extern "C"
#endif
int snprintf(char *, size_t, const char *, ...);
