#pragma once
#ifdef __cplusplus
extern "C"
#endif
int *__errno(void);
#define errno (*__errno())
#define EFAULT 14
#define EINVAL 22
