/* The least a program must do to run another one in a jail like the emperor's: what all ratios are measured against. */
#ifndef EMPEROR_RAW_H
#define EMPEROR_RAW_H

#include <stdint.h>

/* What the emperor's jail is made of: namespaces, in fs and pid ones a /proc of its own, and perhaps another root. */
struct raw_jail {
    uint64_t namespaces; /* flags of clone(2) */
    const char *root;    /* or NULL */
};

/* The namespaces of none, or of a comma list of fs net ipc uts pid; exits with a message for any other word. */
uint64_t raw_namespaces(const char *words);

/* Makes the jail and executes argv in it, in one clone3 with VM|VFORK; returns the pid once argv[0] runs. */
int raw_spawn(const struct raw_jail *jail, char *const argv[]);

/* CLOCK_MONOTONIC in nanoseconds. */
int64_t raw_now(void);

void raw_fail(const char *what) __attribute__((noreturn));

#endif
