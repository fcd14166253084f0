#include "raw.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/mount.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>

#include "sys.h"

#define STACK 16384
#define DETACH 2
#define RECURSIVE_PRIVATE 0x44000
#define BIND_RECURSIVE 0x5000
#define NO_SUID_DEV_EXEC 0xe

static uint8_t stack[STACK] __attribute__((aligned(16)));
static const char *const no_environment[] = {NULL};

struct order {
    const struct raw_jail *jail;
    char *const *argv;
    int failed;
};

void raw_fail(const char *what) {
    fprintf(stderr, "raw: %s: %s\n", what, strerror(errno));
    exit(1);
}

int64_t raw_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static uint64_t flag(const char *word) {
    static const struct {
        const char *word;
        uint64_t flag;
    } known[] = {{"none", 0},           {"fs", CLONE_NEWNS},   {"net", CLONE_NEWNET},
                 {"ipc", CLONE_NEWIPC}, {"uts", CLONE_NEWUTS}, {"pid", CLONE_NEWPID}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].word, word) == 0) {
            return known[i].flag;
        }
    }
    fprintf(stderr, "raw: unknown namespace %s\n", word);
    exit(2);
}

uint64_t raw_namespaces(const char *words) {
    char copy[128];
    uint64_t flags = 0;
    snprintf(copy, sizeof copy, "%s", words);
    for (char *word = strtok(copy, ","); word != NULL; word = strtok(NULL, ",")) {
        flags |= flag(word);
    }
    return flags;
}

/* The emperor's jails have lo up, so the raw one has too: what both build must be the same. */
static long raise_loopback(void) {
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    long socket = SYS(SYS_socket, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    return socket < 0 ? socket : SYS(SYS_ioctl, socket, SIOCSIFFLAGS, &request);
}

static long enter_root(const char *root) {
    long failed = SYS(SYS_mount, root, root, NULL, BIND_RECURSIVE, NULL);
    failed = failed != 0 ? failed : SYS(SYS_chdir, root);
    failed = failed != 0 ? failed : SYS(SYS_pivot_root, ".", ".");
    failed = failed != 0 ? failed : SYS(SYS_umount2, ".", DETACH);
    return failed != 0 ? failed : SYS(SYS_chdir, "/");
}

/* Shares all memory with its parent: raw calls only. */
static void become_program(void *argument) {
    struct order *order = argument;
    const struct raw_jail *jail = order->jail;
    uint64_t none = 0;
    long failed = 0;
    if ((jail->namespaces & CLONE_NEWNET) != 0) {
        failed = raise_loopback();
    }
    if (failed == 0 && (jail->namespaces & CLONE_NEWNS) != 0) {
        failed = SYS(SYS_mount, NULL, "/", NULL, RECURSIVE_PRIVATE, NULL);
    }
    if (failed == 0 && jail->root != NULL) {
        failed = enter_root(jail->root);
    }
    if (failed == 0 && (jail->namespaces & CLONE_NEWNS) != 0 && (jail->namespaces & CLONE_NEWPID) != 0) {
        failed = SYS(SYS_mount, "proc", "/proc", "proc", NO_SUID_DEV_EXEC, NULL);
    }
    if (failed == 0) {
        SYS(SYS_rt_sigprocmask, SIG_SETMASK, &none, NULL, sizeof none);
        failed = SYS(SYS_execve, order->argv[0], order->argv, no_environment);
    }
    order->failed = (int)-failed;
    SYS(SYS_exit_group, 127);
}

int raw_spawn(const struct raw_jail *jail, char *const argv[]) {
    struct order order = {.jail = jail, .argv = argv};
    struct clone_arguments arguments = {
        .flags = jail->namespaces | CLONE_VM_ | CLONE_VFORK_ | CLONE_CLEAR_SIGHAND_,
        .exit_signal = SIGCHLD,
        .stack = (uint64_t)(uintptr_t)stack,
        .stack_size = sizeof stack,
    };
    long pid = clone_running(&arguments, become_program, &order);
    if (pid < 0 || order.failed != 0) {
        errno = pid < 0 ? (int)-pid : order.failed;
        raw_fail(argv[0]);
    }
    return (int)pid;
}
