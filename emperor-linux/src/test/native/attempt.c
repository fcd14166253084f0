/*
 * Tries what its words say, each in a process of its own, and prints a line for each: the word, a blank, and 0 for
 * success, the errno, or "signal N" for what ended the process. "status" prints what the kernel says of it instead.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define HIGH_BITS (1UL << 32)
#define NEWER 600 /* no kernel has it yet */
#define MOST_ANSWER 32

/* An errno, 0 for success: of a system call's result as libc gives it. */
static long outcome(long result) {
    return result < 0 ? errno : 0;
}

static long call(long number, long a, long b, long c, long d) {
    return outcome(syscall(number, a, b, c, d));
}

static long try_open(const char *path, int flags) {
    return outcome(open(path, flags | O_CLOEXEC, 0600));
}

static struct sockaddr_in local(const char *port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons((uint16_t)atoi(port));
    return address;
}

static long try_bind(const char *port) {
    struct sockaddr_in address = local(port);
    return outcome(bind(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&address, sizeof address));
}

static long try_connect(const char *port) {
    struct sockaddr_in address = local(port);
    return outcome(connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&address, sizeof address));
}

static long try_execute(const char *path) {
    char *const argv[] = {(char *)(unsigned long)path, 0};
    return outcome(execv(path, argv));
}

static long clone3_thread(void) {
    unsigned long arguments[8] = {0};
    arguments[4] = SIGCHLD;
    long pid = syscall(SYS_clone3, arguments, sizeof arguments);
    if (pid == 0) {
        _exit(0);
    }
    return outcome(pid);
}

/* getpid(2) by the numbers of another kind of program, which a filter made for this kind may not understand. */
static long foreign(const char *kind) {
#if defined(__x86_64__)
    long result;
    if (strcmp(kind, "x32") == 0) {
        return call(SYS_getpid | 0x40000000, 0, 0, 0, 0);
    }
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "memory", "r8", "r9", "r10", "r11");
    return result < 0 ? -result : 0;
#else
    (void)kind;
    return ENOSYS;
#endif
}

static long attempt(const char *word, const char *argument) {
    static const struct {
        const char *word;
        long number, a, b, c, d;
    } calls[] = {
        {"unshare-user", SYS_unshare, CLONE_NEWUSER, 0, 0, 0},
        {"unshare-files", SYS_unshare, CLONE_FILES, 0, 0, 0},
        {"unshare-net", SYS_unshare, CLONE_NEWNET, 0, 0, 0},
        {"keyctl", SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 1, 0},
        {"bpf", SYS_bpf, 5 /* PROG_LOAD */, 0, 0, 0},
        {"io-uring", SYS_io_uring_setup, 1, 0, 0, 0},
        {"userfaultfd", SYS_userfaultfd, 1 /* USER_MODE_ONLY */, 0, 0, 0},
        {"sync", SYS_sync, 0, 0, 0, 0},
        {"newer", NEWER, 0, 0, 0, 0},
        {"chroot", SYS_chroot, (long)"/", 0, 0, 0},
        {"ptrace", SYS_ptrace, PTRACE_TRACEME, 0, 0, 0},
        {"personality", SYS_personality, 0xffffffff, 0, 0, 0},
        {"personality-odd", SYS_personality, ADDR_COMPAT_LAYOUT, 0, 0, 0},
        {"hostname", SYS_sethostname, (long)"tried", 5, 0, 0},
        {"clock", SYS_clock_settime, CLOCK_REALTIME, 0, 0, 0},
        /* Whether the call is reached: descriptor 0 is no terminal, which is ENOTTY. */
        {"push-input", SYS_ioctl, 0, TIOCSTI, (long)"x", 0},
        {"push-input-high", SYS_ioctl, 0, (long)(TIOCSTI | HIGH_BITS), (long)"x", 0},
        {"window-size", SYS_ioctl, 0, TIOCGWINSZ, 0, 0},
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strcmp(word, calls[i].word) == 0) {
            return call(calls[i].number, calls[i].a, calls[i].b, calls[i].c, calls[i].d);
        }
    }
    if (strcmp(word, "clone-user") == 0) {
        long pid = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
        return pid == 0 ? (_exit(0), 0) : outcome(pid);
    } else if (strcmp(word, "clone3") == 0) {
        return clone3_thread();
    } else if (strcmp(word, "mount") == 0) {
        return outcome(mount("attempt", argument, "tmpfs", 0, 0));
    } else if (strcmp(word, "socket") == 0) {
        return outcome(socket(atoi(argument), SOCK_DGRAM, 0));
    } else if (strcmp(word, "socket-high") == 0) {
        return call(SYS_socket, (long)((unsigned long)atoi(argument) | HIGH_BITS), SOCK_DGRAM, 0, 0);
    } else if (strcmp(word, "foreign") == 0) {
        return foreign(argument);
    } else if (strcmp(word, "read") == 0) {
        return try_open(argument, O_RDONLY);
    } else if (strcmp(word, "list") == 0) {
        return try_open(argument, O_RDONLY | O_DIRECTORY);
    } else if (strcmp(word, "write") == 0) {
        return try_open(argument, O_WRONLY | O_CREAT);
    } else if (strcmp(word, "reopen") == 0) {
        return try_open(argument, O_WRONLY);
    } else if (strcmp(word, "truncate") == 0) {
        return outcome(truncate(argument, 0));
    } else if (strcmp(word, "remove") == 0) {
        return outcome(unlink(argument));
    } else if (strcmp(word, "execute") == 0) {
        return try_execute(argument);
    } else if (strcmp(word, "chown") == 0) {
        return outcome(chown(argument, 12345, 12345));
    } else if (strcmp(word, "device") == 0) {
        return outcome(mknod(argument, S_IFCHR | 0600, 0x103));
    } else if (strcmp(word, "bind") == 0) {
        return try_bind(argument);
    } else if (strcmp(word, "connect") == 0) {
        return try_connect(argument);
    } else if (strcmp(word, "signal") == 0) {
        return outcome(kill(atoi(argument), 0));
    } else if (strcmp(word, "become") == 0) {
        return outcome(setuid((uid_t)atoi(argument)));
    }
    return -1;
}

static void answer(const char *word) {
    char name[64] = "";
    const char *colon = strchr(word, ':');
    size_t length = colon == 0 ? strlen(word) : (size_t)(colon - word);
    snprintf(name, sizeof name, "%.*s", (int)length, word);
    int pipes[2];
    char text[MOST_ANSWER] = "";
    if (pipe2(pipes, O_CLOEXEC) < 0) {
        _exit(97);
    }
    pid_t child = fork();
    if (child == 0) {
        long result = attempt(name, colon == 0 ? "" : colon + 1);
        int count = snprintf(text, sizeof text, "%ld", result);
        write(pipes[1], text, (size_t)count);
        _exit(0);
    }
    int status = 0;
    close(pipes[1]);
    ssize_t got = read(pipes[0], text, sizeof text - 1);
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) {
        snprintf(text, sizeof text, "signal %d", WTERMSIG(status));
    } else if (got == 0) {
        snprintf(text, sizeof text, "0"); /* it executed something */
    }
    close(pipes[0]);
    dprintf(1, "%s %s\n", word, text);
}

static void print_status(void) {
    char line[256];
    FILE *status = fopen("/proc/self/status", "re");
    while (status != 0 && fgets(line, sizeof line, status) != 0) {
        if (strncmp(line, "Cap", 3) == 0 || strncmp(line, "NoNew", 5) == 0 || strncmp(line, "Seccomp", 7) == 0) {
            line[strcspn(line, ":")] = ' ';
            dprintf(1, "%s", line);
        }
    }
    if (status != 0) {
        fclose(status);
    }
}

int main(int count, char **words) {
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "status") == 0) {
            print_status();
        } else {
            answer(words[i]);
        }
    }
    return 0;
}
