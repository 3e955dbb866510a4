/* What a shared library starts with, by the ELF and Itanium C++ rules: its handle, and its destructors when it is closed. */
#define HIDDEN __attribute__((visibility("hidden")))
extern void __cxa_finalize(void *);
extern int __cxa_atexit(void (*)(void *), void *, void *);
HIDDEN void *__dso_handle = &__dso_handle;
__attribute__((destructor)) static void finalize(void) { __cxa_finalize(&__dso_handle); }
HIDDEN int atexit(void (*f)(void)) { return __cxa_atexit((void (*)(void *))f, 0, &__dso_handle); }
