#pragma once
/* The size alone counts: bionic reserves 56 bytes, 40 on 32 bits, and all zero is unlocked. */
#ifdef __LP64__
typedef struct { int reserved[14]; } pthread_rwlock_t;
#else
typedef struct { int reserved[10]; } pthread_rwlock_t;
#endif
#define PTHREAD_RWLOCK_INITIALIZER {{0}}
#ifdef __cplusplus
extern "C" {
#endif
int pthread_rwlock_rdlock(pthread_rwlock_t *);
int pthread_rwlock_wrlock(pthread_rwlock_t *);
int pthread_rwlock_unlock(pthread_rwlock_t *);
#ifdef __cplusplus
}
#endif
