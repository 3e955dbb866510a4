#pragma once
typedef unsigned long sigset_t; /* cast to, never read */
#define NSIG 64
#define SIG_SETMASK 2
