/*
 * stamp FIFO NUMBER: its first instructions read CLOCK_MONOTONIC; then it writes that, NUMBER and its pid, 16 bytes, to
 * FIFO and sleeps until it is killed.
 */
#include <stdint.h>
#include <sys/syscall.h>

#include "start.h"
#include "sys.h"

#define MONOTONIC 1
#define HERE (-100)
#define WRITE_ONLY 1

struct stamp {
    int64_t nanoseconds;
    int32_t number, pid;
};

static int32_t number(const char *text) {
    int32_t value = 0;
    while (*text >= '0' && *text <= '9') {
        value = value * 10 + (*text++ - '0');
    }
    return value;
}

__attribute__((used)) void start(long *stack) {
    int64_t now[2];
    SYS(SYS_clock_gettime, MONOTONIC, now);
    const char *const *argv = (const char *const *)(stack + 1);
    if (stack[0] != 3) {
        SYS(SYS_exit_group, 2);
    }
    struct stamp stamp = {now[0] * 1000000000 + now[1], number(argv[2]), (int32_t)SYS(SYS_getpid, 0)};
    long fifo = SYS(SYS_openat, HERE, argv[1], WRITE_ONLY);
    if (fifo < 0 || SYS(SYS_write, fifo, &stamp, sizeof stamp) != sizeof stamp) {
        SYS(SYS_exit_group, 1);
    }
    SYS(SYS_close, fifo);
    for (;;) {
        SYS(SYS_ppoll, 0, 0, 0, 0);
    }
}
