/*
 * jail-init on Linux: a static executable without libc. It gets its plan over the control socket (descriptor 3), runs it,
 * and stays as the init of the jail. This file is its entry and what plan.c, run.c and init.c need of Linux.
 */
#include <linux/capability.h>
#include <linux/prctl.h>
#include <linux/securebits.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>

#include "init.h"
#include "platform.h"
#include "sys.h"

#define CONTROL 3
#define KEPT_FIRST 3
#define SIGNAL_CHILD 17
#define SIGNAL_KILL 9
#define SIGNAL_END 64 /* from the emperor: end the jail, as if it had died; Kills.java sends it */
#define SOCKET_LEVEL 1
#define RIGHTS 1
#define CREDENTIALS 2
#define NO_SIGNAL 0x4000
#define CLOSE_ON_EXEC 0x40000000
#define CONTROL_TRUNCATED 8
#define MESSAGE_TRUNCATED 0x20
#define WAIT_ALL 0
#define WAIT_NO_HANG 1
#define WAIT_EXITED 4
#define POLL_IN 1
#define HUNG_UP 0x10
#define BROKEN 8 /* POLLERR: nobody can read any more */
#define DESCRIPTOR_CLOSE_ON_EXEC 1
#define OPEN_CLOSE_ON_EXEC 0x80000   /* O_CLOEXEC */
#define OPEN_PATH 0x200000           /* O_PATH */
#define DUPLICATE_CLOSE_ON_EXEC 1030 /* F_DUPFD_CLOEXEC */
#define CHILD_STACK 16384
#define CLOCK_MONOTONIC 1
#define WAIT_PIDFD 3
#define CODE_EXITED 1
#define MESSAGE_LARGEST 65536

struct iovec {
    void *base;
    uint64_t length;
};

struct message {
    void *name;
    uint32_t name_length;
    struct iovec *parts;
    uint64_t part_count;
    void *control;
    uint64_t control_length;
    int32_t flags;
};

struct control_header {
    uint64_t length;
    int32_t level, type;
};

/* siginfo_t of a child. */
struct child_info {
    int32_t signal, error, code, pad, pid, uid, status;
    int32_t rest[25];
};

struct poll_entry {
    int32_t descriptor;
    int16_t events, happened;
};

static uint8_t plan_bytes[MESSAGE_LARGEST] __attribute__((aligned(4096)));
static uint8_t main_stack[CHILD_STACK] __attribute__((aligned(4096)));
static uint8_t hook_stack[CHILD_STACK] __attribute__((aligned(4096)));
static int received[PLAN_MOST_RECEIVED];
static int main_pidfd = -1;
static int signal_descriptor = -1;
static int proc_descriptor = -1;             /* /proc as the emperor sees it, where children are looked up */
static int end_reader = -1, end_writer = -1; /* of the pipe by which who stands by hears of the program's end */
static long own_pid;

void *memset(void *to, int byte, size_t length) {
    uint8_t *at = to;
    while (length-- > 0) {
        *at++ = (uint8_t)byte;
    }
    return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t length) {
    uint8_t *at = to;
    const uint8_t *source = from;
    while (length-- > 0) {
        *at++ = *source++;
    }
    return to;
}

int64_t platform_call(int64_t call, const uint64_t values[6]) {
    return sys6(call, (long)values[0], (long)values[1], (long)values[2], (long)values[3], (long)values[4],
                (long)values[5]);
}

void platform_exit(int code) {
    for (;;) {
        SYS(SYS_exit_group, code);
    }
}

int platform_reap(struct ended *ended) {
    struct child_info info = {.pid = 0};
    long found = SYS(SYS_waitid, WAIT_ALL, 0, &info, WAIT_EXITED | WAIT_NO_HANG, 0);
    if (found < 0) {
        return -1;
    }
    ended->pid = info.pid;
    ended->code = info.code;
    ended->status = info.status;
    return info.pid != 0;
}

struct fork_order {
    void (*body)(struct plan *);
    struct plan *plan;
};

static void run_order(void *argument) {
    struct fork_order *order = argument;
    order->body(order->plan);
}

/* The caller sleeps until the child executes or ends. */
static int fork_sharing(void (*body)(struct plan *), struct plan *plan, uint8_t *stack, int *pidfd) {
    struct fork_order order = {.body = body, .plan = plan};
    struct clone_arguments arguments = {
        .flags = CLONE_VM_ | CLONE_VFORK_ | CLONE_PIDFD_,
        .pidfd = (uint64_t)(uintptr_t)pidfd,
        .exit_signal = SIGNAL_CHILD,
        .stack = (uint64_t)(uintptr_t)stack,
        .stack_size = CHILD_STACK,
    };
    long pid = clone_running(&arguments, run_order, &order);
    if (pid == -38 || pid == -1) { /* ENOSYS, of old ones EPERM: container engines refuse clone3 */
        pid = clone_running_old(CLONE_VM_ | CLONE_VFORK_ | CLONE_PIDFD_ | SIGNAL_CHILD, stack + CHILD_STACK, pidfd,
                                run_order, &order);
    }
    return (int)pid;
}

int platform_fork_main(void (*body)(struct plan *), struct plan *plan) {
    if (plan->program_end < plan->header->steps) { /* somebody will stand by */
        int ends[2];
        long made = SYS(SYS_pipe2, ends, OPEN_CLOSE_ON_EXEC);
        if (made < 0) {
            return (int)made;
        }
        end_reader = ends[0];
        end_writer = ends[1];
    }
    return fork_sharing(body, plan, main_stack, &main_pidfd);
}

/* Known by its pidfd from here on: the main program's process, too, may be the one that asks. */
int platform_spawn(void (*body)(struct plan *), struct plan *plan) {
    int pidfd = -1;
    int pid = fork_sharing(body, plan, hook_stack, &pidfd);
    return pid < 0 ? pid : pidfd;
}

int64_t platform_now(void) {
    int64_t now[2] = {0, 0};
    SYS(SYS_clock_gettime, CLOCK_MONOTONIC, now);
    return now[0] * 1000 + now[1] / 1000000;
}

/* Whether `life` hung up while waiting, at most so many milliseconds, for something to come. */
static int pause_for(int descriptor, int64_t time, int life) {
    int64_t left = time < 0 ? 0 : time;
    int64_t span[2] = {left / 1000, left % 1000 * 1000000};
    struct poll_entry entries[2] = {{.descriptor = descriptor, .events = POLL_IN}, {.descriptor = life}};
    SYS(SYS_ppoll, entries, 2, span, 0, 8);
    return (entries[1].happened & HUNG_UP) != 0;
}

int platform_pause(int64_t time, int life) {
    return pause_for(-1, time, life);
}

int platform_finish(int child, int64_t until, int life) {
    struct child_info info = {.pid = 0};
    int hung_up = 0;
    int64_t left = until - platform_now();
    while (info.pid == 0 && left > 0 && !hung_up) {
        hung_up = pause_for(child, left, life);
        SYS(SYS_waitid, WAIT_PIDFD, child, &info, WAIT_EXITED | WAIT_NO_HANG, 0);
        left = until - platform_now();
    }
    int killed = info.pid == 0;
    if (killed) {
        SYS(SYS_pidfd_send_signal, child, SIGNAL_KILL, 0, 0);
        SYS(SYS_waitid, WAIT_PIDFD, child, &info, WAIT_EXITED, 0);
    }
    SYS(SYS_close, child);
    return killed ? -1 : info.code == CODE_EXITED ? info.status << 8 : info.status;
}

/* A copy of this process: it sees its own signals in the same signalfd (signalfd(2)). */
int platform_refork(void) {
    long pid = SYS(SYS_clone, CLONE_PIDFD_ | SIGNAL_CHILD, 0, &main_pidfd, 0, 0);
    if (pid == 0) {
        SYS(SYS_prctl, PR_SET_PDEATHSIG, SIGNAL_KILL, 0, 0, 0);
        own_pid = SYS(SYS_getpid, 0);
        main_pidfd = -1;
    }
    return (int)pid;
}

/*
 * Moves what stays to 3 and up and closes the rest. First out of the way of the new numbers, to wherever there is room: no
 * move may overwrite one still to come, and the limit of open files may be low. 0, or a negative errno: then all that stays
 * is open still.
 */
static int keep_only(int *kept[], int count) {
    for (int i = 0; i < count; i++) {
        if (*kept[i] >= 0 && *kept[i] < KEPT_FIRST + count) {
            long moved = SYS(SYS_fcntl, *kept[i], DUPLICATE_CLOSE_ON_EXEC, KEPT_FIRST + count);
            if (moved < 0) {
                return (int)moved;
            }
            *kept[i] = (int)moved;
        }
    }
    int next = KEPT_FIRST;
    for (int i = 0; i < count; i++) {
        if (*kept[i] >= 0) {
            long moved = SYS(SYS_dup3, *kept[i], next++, 0x80000);
            if (moved < 0) {
                return (int)moved;
            }
            *kept[i] = (int)moved;
        }
    }
    SYS(SYS_close_range, next, ~0U, 0);
    return 0;
}

/*
 * A child of the caller would be the program's, which does not expect one; CLONE_PARENT makes it its sibling. The memory is
 * a copy, as of fork(2).
 */
int platform_stand_by(void) {
    long pid = SYS(SYS_clone, CLONE_PARENT_, 0, 0, 0, 0);
    if (pid != 0) {
        return (int)pid;
    }
    SYS(SYS_prctl, PR_SET_PDEATHSIG, SIGNAL_KILL, 0, 0, 0);
    SYS(SYS_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
    SYS(SYS_setsid, 0); /* or what the program sends its process group would reach it */
    int *kept[] = {&end_reader};
    int failure = keep_only(kept, 1);
    if (platform_is_orphan()) {
        platform_exit(0);
    }
    if (failure < 0) {
        static const char text[] = "emperor: cannot keep what tells of the program's end: nothing will follow it\n";
        SYS(SYS_write, 2, text, sizeof text - 1);
        platform_exit(127);
    }
    return 0;
}

/* The reader stays open: that it is not any more tells the end of this process. */
int platform_await_end(void) {
    char word;
    return SYS(SYS_read, end_reader, &word, 1) == 1;
}

void platform_tell_end(void) {
    if (end_writer >= 0) {
        SYS(SYS_write, end_writer, "", 1);
    }
}

/* By the pipe and not by a pid: in a PID namespace that was joined the clone's caller counts otherwise than jail-init. */
int platform_stands_by(void) {
    struct poll_entry entry = {.descriptor = end_writer};
    uint64_t now[2] = {0, 0};
    SYS(SYS_ppoll, &entry, 1, now, 0, 8);
    return end_writer >= 0 && (entry.happened & BROKEN) == 0;
}

/* The plan has been run and the main program has a stack of its own: some pages of every jail. */
static void drop_memory(void) {
    SYS(SYS_madvise, plan_bytes, sizeof plan_bytes, 4 /* MADV_DONTNEED */);
    SYS(SYS_madvise, main_stack, sizeof main_stack, 4);
    SYS(SYS_madvise, hook_stack, sizeof hook_stack, 4);
}

static void drop_rights(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    struct __user_cap_data_struct words[2] = {
        {.effective = 1U << CAP_KILL, .permitted = 1U << CAP_KILL, .inheritable = 0}, {0, 0, 0}};
    SYS(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    SYS(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    if (SYS(SYS_capset, &header, words) < 0) { /* an emperor that is not root has no KILL to keep */
        words[0].effective = 0;
        words[0].permitted = 0;
        SYS(SYS_capset, &header, words);
    }
}

int platform_settle(struct kept *kept) {
    int *all[] = {&kept->keeper,      &kept->record,    &kept->life, &main_pidfd,
                  &signal_descriptor, &proc_descriptor, &end_writer};
    int failure = keep_only(all, sizeof all / sizeof *all);
    if (failure < 0) {
        return failure;
    }
    drop_rights();
    SYS(SYS_prctl, PR_SET_DUMPABLE, 0, 0, 0,
        0); /* a change of user sets it to fs.suid_dumpable, in shared memory too */
    drop_memory();
    return 0;
}

int platform_has_hung_up(int life) {
    struct poll_entry entry = {.descriptor = life};
    uint64_t now[2] = {0, 0};
    SYS(SYS_ppoll, &entry, 1, now, 0, 8);
    return (entry.happened & HUNG_UP) != 0;
}

/* In a PID namespace that jail-init has only joined, its child sees 0 until jail-init dies (pid_namespaces(7)). */
int platform_is_orphan(void) {
    long parent = SYS(SYS_getppid, 0);
    return parent != own_pid && parent != 0;
}

/* Only without a PID namespace: in one, every sender outside is 0, and the emperor has no need of this. */
static int is_from_emperor(const uint32_t note[]) {
    return SYS(SYS_getpid, 0) != 1 && note[3] == (uint32_t)SYS(SYS_getppid, 0);
}

int platform_wait(int life, int64_t time) {
    struct poll_entry entries[2] = {
        {.descriptor = signal_descriptor, .events = POLL_IN},
        {.descriptor = life}, /* only its hang-up counts, not what somebody may have written */
    };
    int64_t span[2] = {time / 1000, time % 1000 * 1000000};
    SYS(SYS_ppoll, entries, 2, time < 0 ? 0 : span, 0, 8);
    if ((entries[1].happened & HUNG_UP) != 0) {
        return 0;
    }
    uint32_t note[32]; /* struct signalfd_siginfo: 128 bytes, the number first */
    long length = SYS(SYS_read, signal_descriptor, note, sizeof note);
    if (length < (long)sizeof note || note[0] == SIGNAL_CHILD) {
        return -1;
    }
    return note[0] == SIGNAL_END && is_from_emperor(note) ? 0 : (int)note[0];
}

void platform_forward(int signal) {
    SYS(SYS_pidfd_send_signal, main_pidfd, signal, 0, 0);
}

/* Children by /proc/thread-self/children (since 4.2). */
static int kill_children(void) {
    char text[4096];
    int killed = 0;
    long children = SYS(SYS_openat, proc_descriptor, "thread-self/children", OPEN_CLOSE_ON_EXEC);
    if (children < 0) {
        return 0;
    }
    long length = SYS(SYS_read, children, text, sizeof text);
    SYS(SYS_close, children);
    int pid = 0;
    for (long i = 0; i < length; i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            pid = pid * 10 + (text[i] - '0');
        } else if (pid > 0) {
            killed += SYS(SYS_kill, pid, SIGNAL_KILL) == 0;
            pid = 0;
        }
    }
    return killed;
}

/* With PID 1 the kernel ends all others, those too whose deaths only somebody outside is told of (setns). */
int platform_kill_rest(void) {
    if (own_pid == 1) {
        SYS(SYS_kill, -1, SIGNAL_KILL);
        return 0;
    }
    int killed = SYS(SYS_pidfd_send_signal, main_pidfd, SIGNAL_KILL, 0, 0) == 0;
    return proc_descriptor >= 0 ? killed + kill_children() : killed;
}

/* The pid goes as a credential: the kernel translates it into the emperor's PID namespace (unix(7)). */
void platform_send(const void *message, uint64_t length, int main_pid) {
    struct {
        struct control_header header;
        int32_t pid;
        uint32_t uid, gid;
    } credentials = {
        {.length = sizeof credentials.header + 12, .level = SOCKET_LEVEL, .type = CREDENTIALS}, main_pid, 0, 0};
    credentials.uid = (uint32_t)SYS(SYS_geteuid, 0);
    credentials.gid = (uint32_t)SYS(SYS_getegid, 0);
    struct iovec part = {.base = (void *)(uintptr_t)message, .length = length};
    struct message envelope = {.parts = &part, .part_count = 1};
    if (main_pid != 0) {
        envelope.control = &credentials;
        envelope.control_length = sizeof credentials;
        if (SYS(SYS_sendmsg, CONTROL, &envelope, NO_SIGNAL) >= 0) {
            return;
        }
        envelope.control = 0; /* without CAP_SYS_ADMIN: the emperor then knows only jail-init's pid */
        envelope.control_length = 0;
    }
    SYS(SYS_sendmsg, CONTROL, &envelope, NO_SIGNAL);
}

void platform_close_control(void) {
    SYS(SYS_close, CONTROL);
}

void platform_write(int descriptor, const void *bytes, uint64_t length) {
    SYS(SYS_write, descriptor, bytes, length);
}

/* None is caught, by exec, and none ignored, by the emperor's clone. */
static void take_signals(void) {
    uint64_t all = ~0ULL;
    SYS(SYS_rt_sigprocmask, 2 /* SIG_SETMASK */, &all, 0, 8);
    signal_descriptor = (int)SYS(SYS_signalfd4, -1, &all, 8, 0x80000 | 0x800 /* CLOEXEC | NONBLOCK */);
    if (signal_descriptor < 0) {
        platform_exit(127); /* it could not hear of any death */
    }
}

/* An emperor started without 0, 1 and 2 would have what it sends received there, and overwritten by take_output. */
static void hold_standard(void) {
    for (int descriptor = 0; descriptor < 3; descriptor++) {
        SYS(SYS_dup3, CONTROL, descriptor, 0x80000);
    }
}

/* A plan too large for the message is the last descriptor sent with it: a sealed memfd. */
static void *map_large(int descriptor, uint64_t length) {
    long at = SYS(SYS_mmap, 0, length, 3 /* READ|WRITE */, 2 /* PRIVATE */, descriptor, 0);
    return at < 0 && at > -4096 ? 0 : (void *)at;
}

/* The message is a plan, or 8 bytes: the length of a plan in the last descriptor. */
static enum plan_refusal receive(struct plan *plan) {
    struct {
        struct control_header header;
        int32_t descriptors[PLAN_MOST_RECEIVED + 1];
    } control;
    struct iovec part = {.base = plan_bytes, .length = sizeof plan_bytes};
    struct message envelope = {.parts = &part, .part_count = 1, .control = &control, .control_length = sizeof control};
    long length;
    do {
        length = SYS(SYS_recvmsg, CONTROL, &envelope, CLOSE_ON_EXEC);
    } while (length == -4 /* EINTR */);
    if (length <= 0) {
        platform_exit(127); /* the emperor died or thought better of it */
    }
    if ((envelope.flags & (CONTROL_TRUNCATED | MESSAGE_TRUNCATED)) != 0
        || envelope.control_length < sizeof control.header || control.header.level != SOCKET_LEVEL
        || control.header.type != RIGHTS) {
        return PLAN_BAD_DESCRIPTORS;
    }
    uint32_t count = (uint32_t)((control.header.length - sizeof control.header) / sizeof(int32_t));
    void *bytes = plan_bytes;
    if (length == 8) {
        length = (long)*(uint64_t *)(void *)plan_bytes;
        if (count == 0 || length <= 0 || length > (long)PLAN_LARGEST) {
            return PLAN_TRUNCATED;
        }
        bytes = map_large(control.descriptors[--count], (uint64_t)length);
        if (bytes == 0) {
            return PLAN_TRUNCATED;
        }
    }
    for (uint32_t i = 0; i < count && i < PLAN_MOST_RECEIVED; i++) {
        received[i] = control.descriptors[i];
    }
    return plan_open(plan, bytes, (uint64_t)length, received, count);
}

/* Nothing of the emperor's own 0, 1 and 2 reaches the jail. */
static void take_output(const struct plan *plan) {
    SYS(SYS_dup3, plan->received[RECEIVED_NULL], 0, 0);
    SYS(SYS_dup3, plan->received[RECEIVED_OUTPUT], 1, 0);
    SYS(SYS_dup3, plan->received[RECEIVED_OUTPUT], 2, 0);
}

/*
 * Before the jail changes what /proc shows. PID 1 of a namespace needs no list of children: kill(-1) reaches all. Nor does
 * who will not stay. The lookup itself, 20 us, is left to the end.
 */
static void open_proc(const struct plan *plan) {
    int stays = (plan->steps[plan_next_turn(plan, 0)].flags & STEP_EXEC) == 0;
    if (stays && own_pid != 1) {
        proc_descriptor = (int)SYS(SYS_openat, -100, "/proc", OPEN_CLOSE_ON_EXEC | OPEN_PATH, 0);
    }
}

/* Run without a control socket: says what it is, for the emperor's probe and for people. */
static void introduce(void) {
    static const char text[] = "jail-init of the Emperor; it is started by the emperor, with a plan on descriptor 3\n";
    SYS(SYS_write, 1, text, sizeof text - 1);
    platform_exit(0);
}

__attribute__((used)) void jail_init(void) {
    static struct plan plan;
    if (SYS(SYS_fcntl, CONTROL, 2 /* F_SETFD */, DESCRIPTOR_CLOSE_ON_EXEC) < 0) {
        introduce();
    }
    own_pid = SYS(SYS_getpid, 0);
    hold_standard();
    SYS(SYS_setsid, 0); /* the emperor's terminal must not signal its jails */
    take_signals();
    SYS(SYS_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
    enum plan_refusal refusal = receive(&plan);
    if (refusal != PLAN_GOOD) {
        init_refuse(refusal);
    }
    open_proc(&plan);
    take_output(&plan);
    init_run(&plan);
}

#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n\txor %ebp, %ebp\n\tand $-16, %rsp\n\tcall jail_init\n\tud2\n");
#elif defined(__aarch64__)
__asm__(".globl _start\n_start:\n\tmov x29, xzr\n\tmov x30, xzr\n\tbl jail_init\n\tbrk #1\n");
#endif
