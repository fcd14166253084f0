/*
 * The emperor's side of the native boundary, a shared library without policy: emperor_spawn makes one process that becomes
 * jail-init, emperor_call is one raw system call, emperor_signals turns signals into bytes the loop reads.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "sys.h"

#define EXPORT __attribute__((visibility("default")))
#define CONTROL 3
#define MAP_FILES 4 /* and the two after it; org.emperor.linux.plan.UserPart has the numbers too */
#define CLOSE_RANGE_UNSHARE_ 2
#define CLOSE_RANGE_CLOEXEC_ 4
#define AT_EMPTY_PATH_ 0x1000
#define CAPABILITY_VERSION_3 0x20080522
#define PR_CAP_AMBIENT_ 47
#define PR_CAP_AMBIENT_RAISE_ 2

/* Laid out by org.emperor.linux.sys.Spawner. */
struct spawn_request {
    uint64_t flags;    /* namespaces only */
    int32_t cgroup;    /* directory of the leaf to be born in, or -1 */
    int32_t slot;      /* the descriptor that is to be jail-init's control socket */
    int32_t highest;   /* no descriptor above this one is needed by the child */
    int32_t image;     /* jail-init */
    int32_t old_clone; /* whether clone3 is missing */
    int32_t error;     /* out: errno of the child's own calls before it became jail-init */
    const char *const *argv;
    const char *const *envp;
    uint8_t *stack;
    uint64_t stack_size;
    int32_t opens_maps; /* whether a jail with a user namespace writes its maps itself */
    uint64_t ignored;   /* signals that this process ignores; filled in here */
};

struct capability_header {
    uint32_t version;
    int pid;
};

struct capability_words {
    uint32_t effective, permitted, inheritable;
};

/*
 * An exec under a uid that is not mapped yet drops every capability in the new user namespace, so that the first mount
 * would fail with EPERM; ambient ones survive it (capabilities(7)).
 */
static long keep_capabilities(void) {
    struct capability_header header = {.version = CAPABILITY_VERSION_3};
    struct capability_words words[2];
    long failed = SYS(SYS_capget, &header, words);
    if (failed < 0) {
        return failed;
    }
    words[0].inheritable = words[0].permitted;
    words[1].inheritable = words[1].permitted;
    failed = SYS(SYS_capset, &header, words);
    for (long capability = 0; failed == 0 && capability < 64; capability++) {
        if ((words[capability / 32].permitted >> (capability % 32) & 1) != 0) {
            failed = SYS(SYS_prctl, PR_CAP_AMBIENT_, PR_CAP_AMBIENT_RAISE_, capability, 0, 0);
        }
    }
    return failed;
}

/*
 * Opened while this process can still be dumped: afterwards its files in /proc are root's. It is who it was, so that it may
 * open them, and has all rights in the new namespace, so that it may write them (user_namespaces(7)).
 */
static long open_maps(void) {
    static const char *const files[] = {"/proc/self/setgroups", "/proc/self/gid_map", "/proc/self/uid_map"};
    long failed = 0;
    for (int i = 0; failed >= 0 && i < 3; i++) {
        long file = SYS(SYS_openat, AT_FDCWD, files[i], O_WRONLY | O_CLOEXEC, 0);
        failed = file;
        if (file == MAP_FILES + i) {
            failed = SYS(SYS_fcntl, file, F_SETFD, 0);
        } else if (file >= 0) {
            failed = SYS(SYS_dup3, file, MAP_FILES + i, 0);
        }
    }
    return failed;
}

/* struct sigaction as the kernel has it. */
struct disposition {
    uint64_t handler, flags, restorer, mask;
};

#define IGNORED 1
#define SIGNALS 64

/*
 * The signals this process ignores, a bit for each: whoever started it may have ignored some, and CLONE_CLEAR_SIGHAND and
 * exec leave them so. Looked up at the first launch; to reset all 64 in every child costs 10 us.
 */
static uint64_t ignored_signals(void) {
    static _Atomic int known;
    static _Atomic uint64_t ignored;
    if (!known) {
        uint64_t found = 0;
        for (int number = 1; number <= SIGNALS; number++) {
            struct disposition disposition;
            if (SYS(SYS_rt_sigaction, number, 0, &disposition, 8) == 0 && disposition.handler == IGNORED) {
                found |= 1ULL << (number - 1);
            }
        }
        ignored = found;
        known = 1;
    }
    return ignored;
}

/* In the child, whose dispositions are its own. */
static void ignore_no_more(uint64_t ignored) {
    static const struct disposition standard = {0, 0, 0, 0};
    for (int number = 1; ignored != 0; number++, ignored >>= 1) {
        if ((ignored & 1) != 0) {
            SYS(SYS_rt_sigaction, number, &standard, 0, 8);
        }
    }
}

/*
 * The child shares all memory with the emperor and must run nothing but these raw calls. Its descriptors: a private table
 * without what lies above `highest` (copying all would cost 1.3 ms at 20 000), the control socket at 3, the rest gone at exec.
 */
static void become_jail_init(void *argument) {
    struct spawn_request *request = argument;
    ignore_no_more(request->ignored);
    long failed = SYS(SYS_close_range, request->highest + 1, ~0U, CLOSE_RANGE_UNSHARE_);
    if (failed == 0) {
        failed = SYS(SYS_dup3, request->slot, CONTROL, 0);
    }
    if (failed >= 0) {
        failed = SYS(SYS_close_range, CONTROL + 1, request->highest, CLOSE_RANGE_CLOEXEC_);
    }
    int32_t image = request->image;
    if (failed >= 0 && (request->flags & CLONE_NEWUSER_) != 0) {
        failed = keep_capabilities();
        if (failed >= 0 && request->opens_maps) {
            /* out of the way of the map files, and of every one that is still open */
            failed = SYS(SYS_fcntl, image, F_DUPFD_CLOEXEC, request->highest + 1);
            image = (int32_t)failed;
            failed = failed < 0 ? failed : open_maps();
        }
    }
    if (failed >= 0) {
        failed = SYS(SYS_execveat, image, "", request->argv, request->envp, AT_EMPTY_PATH_);
    }
    request->error = (int32_t)-failed;
    SYS(SYS_exit_group, 127);
}

static long clone_child(struct spawn_request *request) {
    uint64_t sharing = CLONE_VM_ | CLONE_VFORK_ | CLONE_FILES_;
    if (request->old_clone) {
        return clone_running_old(request->flags | sharing | SIGCHLD, request->stack + request->stack_size, NULL,
                                 become_jail_init, request);
    }
    struct clone_arguments arguments = {
        .flags = request->flags | sharing | CLONE_CLEAR_SIGHAND_,
        .exit_signal = SIGCHLD,
        .stack = (uint64_t)(uintptr_t)request->stack,
        .stack_size = request->stack_size,
    };
    if (request->cgroup >= 0) {
        arguments.flags |= CLONE_INTO_CGROUP_;
        arguments.cgroup = (uint64_t)request->cgroup;
    }
    return clone_running(&arguments, become_jail_init, request);
}

/* The pid of what is or failed to become jail-init (then `error` is set), or a negative errno. */
EXPORT long emperor_spawn(struct spawn_request *request) {
    uint64_t all = ~0ULL;
    uint64_t before;
    request->error = 0;
    request->ignored = ignored_signals();
    SYS(SYS_rt_sigprocmask, SIG_SETMASK, &all, &before, sizeof all);
    long pid = clone_child(request);
    SYS(SYS_rt_sigprocmask, SIG_SETMASK, &before, NULL, sizeof before);
    return pid;
}

/* words: number and six arguments. One pointer argument, because six plain ones were corrupted on the way from Java. */
EXPORT long emperor_call(const long *words) {
    return sys6(words[0], words[1], words[2], words[3], words[4], words[5], words[6]);
}

static int signal_pipe = -1;
static int child_event = -1;
static pid_t loop_thread;

struct signal_note {
    int32_t number, pid, uid, reserved;
};

/*
 * SIGCHLD goes first to the thread that cloned, then to any other that does not block it (kernel/signal.c,
 * complete_signal). Each thread but the loop's takes it once and blocks it from then on, so that soon every death wakes the
 * loop and nobody else.
 */
static void leave_children_to_the_loop(ucontext_t *interrupted) {
    if (gettid() != loop_thread) {
        sigaddset(&interrupted->uc_sigmask, SIGCHLD);
    }
}

static void note_signal(int number, siginfo_t *info, void *context) {
    int saved = errno;
    if (number == SIGCHLD) {
        uint64_t one = 1;
        SYS(SYS_write, child_event, &one, sizeof one);
        leave_children_to_the_loop(context);
    } else {
        int sent = info->si_code <= 0;
        struct signal_note note = {
            .number = number, .pid = sent ? info->si_pid : 0, .uid = sent ? (int32_t)info->si_uid : 0};
        SYS(SYS_write, signal_pipe, &note, sizeof note);
    }
    errno = saved;
}

/*
 * Notes on HUP INT TERM QUIT USR1 USR2 URG WINCH go to `pipe`, 16 bytes each; SIGCHLD counts up the eventfd `children`. The
 * caller is the loop.
 */
EXPORT long emperor_signals(long pipe, long children) {
    static const int caught[] = {SIGCHLD, SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGUSR1, SIGUSR2, SIGURG, SIGWINCH};
    signal_pipe = (int)pipe;
    child_event = (int)children;
    loop_thread = gettid();
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = note_signal;
    action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    sigset_t wanted;
    sigemptyset(&wanted);
    for (size_t i = 0; i < sizeof caught / sizeof *caught; i++) {
        sigaddset(&wanted, caught[i]);
        if (sigaction(caught[i], &action, NULL) != 0) {
            return -errno;
        }
    }
    /* Whoever started us may have had some blocked, as a JVM has QUIT; one thread that takes them is enough. */
    return -pthread_sigmask(SIG_UNBLOCK, &wanted, NULL);
}
