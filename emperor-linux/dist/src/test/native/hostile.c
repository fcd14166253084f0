/*
 * A vassal that tries to get out of its jail, and says how far it came: a line of JSON for each attempt,
 *
 *   {"attempt":"chroot","outcome":"denied","detail":"chroot: EPERM"}
 *
 * where the outcome is "escaped", "denied", or "absent" when there is nothing to try it on; then {"score":N}, the number of
 * escapes. No attempt does harm where it succeeds: outside of any jail it shows that the attempt is a real one.
 *
 * Attempts whose names follow on the command line are made, all if none does. What they look for is said by the environment:
 *
 *   HOST_FILE      a file of the host that is not in the jail        HOST_PID     a process of the host
 *   HOST_WORDS     words that only a process of the host has         HOST_SOCKET  an abstract socket of the host
 *   HOST_PORT      a port of the host's loopback                     HOST_KEY     a key of the host's session keyring
 *   SETUID_FILE    this program, owned by root and setuid            TRACEE       a process that must not be traced (1)
 *
 * "--with-key NAME COMMAND..." runs a command in a session keyring that holds such a key. "--host NAME" is what the attempts
 * look for: a process with that word, that socket, and a port of loopback, which it prints.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum outcome { DENIED, ESCAPED, ABSENT };

#define KEYCTL_JOIN_SESSION_KEYRING 1
#define KEYCTL_SEARCH 10
#define SESSION_KEYRING (-3)
#define OWN_DESCRIPTOR 1000 /* and above; vassals may open 1024 */
#define AS_SETUID 77        /* how the setuid copy says that it is root */

static char detail[200];
static char scratch[64];

static enum outcome say(enum outcome outcome, const char *what, int error) {
    snprintf(detail, sizeof detail, error == 0 ? "%s" : "%s: %s", what, error == 0 ? "" : strerrorname_np(error));
    return outcome;
}

static enum outcome denied(const char *what) {
    return say(DENIED, what, errno);
}

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value != NULL && value[0] != 0 ? value : NULL;
}

/* Whether a file's first byte can be read: what is masked with /dev/null opens and has none. */
static int has_content(const char *path) {
    char byte;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    int has = file >= 0 && read(file, &byte, 1) == 1;
    if (file >= 0) {
        close(file);
    }
    return has;
}

static int opens_for_writing(const char *path) {
    int file = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (file >= 0) {
        close(file);
    }
    return file >= 0;
}

/* A directory that can be written to, for what an attempt makes on its way. */
static int enter_scratch(void) {
    static const char *const places[] = {"/tmp", "/run", "/var/tmp", "/dev/shm"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        snprintf(scratch, sizeof scratch, "%s/hostile.%d", places[i], getpid());
        if (mkdir(scratch, 0700) == 0 && chdir(scratch) == 0) {
            return 1;
        }
    }
    return 0;
}

/* H01: a directory descriptor that setup left open leads out, CVE-2024-21626. */
static enum outcome descriptors(void) {
    for (int fd = 3; fd < OWN_DESCRIPTOR; fd++) {
        if (fcntl(fd, F_GETFD) >= 0) {
            snprintf(detail, sizeof detail, "descriptor %d is open", fd);
            return ESCAPED;
        }
    }
    return say(DENIED, "no descriptor but 0, 1 and 2", 0);
}

/* H01: the working directory must be in the root. */
static enum outcome directory(void) {
    char path[400];
    long length = syscall(SYS_getcwd, path, sizeof path);
    if (length < 0) {
        return denied("getcwd");
    }
    return path[0] == '/' ? say(DENIED, path, 0) : say(ESCAPED, path, 0);
}

/* H02: CVE-2019-5736 wrote to the host's binary by way of the process that had entered the jail. */
static enum outcome overwrite_init(void) {
    return opens_for_writing("/proc/1/exe") ? say(ESCAPED, "/proc/1/exe opens for writing", 0) : denied("/proc/1/exe");
}

/* H03: CVE-2016-9962. */
static enum outcome trace(void) {
    const char *tracee = setting("TRACEE");
    pid_t pid = tracee != NULL ? atoi(tracee) : 1;
    if (ptrace(PTRACE_SEIZE, pid, NULL, NULL) != 0) {
        return denied("PTRACE_SEIZE");
    }
    ptrace(PTRACE_DETACH, pid, NULL, NULL);
    return say(ESCAPED, "traced", 0);
}

/* H10: root leaves a chroot by a second one. */
static enum outcome leave_chroot(void) {
    const char *file = setting("HOST_FILE");
    if (file == NULL) {
        return ABSENT;
    }
    if (!enter_scratch() || mkdir("below", 0700) != 0) {
        return denied("no place to try it");
    }
    int there = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int entered = chroot("below");
    int error = errno;
    rmdir("below");
    if (entered != 0 || fchdir(there) != 0) {
        return say(DENIED, "chroot", error);
    }
    for (int i = 0; i < 64; i++) {
        if (chdir("..") != 0) {
            break;
        }
    }
    if (chroot(".") != 0) {
        return denied("second chroot");
    }
    return access(file, F_OK) == 0 ? say(ESCAPED, "the host's file is there", 0) : denied("the host's file");
}

/* H11: by what is left of the old root, or by another process's. */
static enum outcome old_root(void) {
    static const char *const ways[] = {"", "/proc/self/root", "/proc/1/root", "/proc/1/cwd", "/.old_root", "/old"};
    const char *file = setting("HOST_FILE");
    if (file == NULL) {
        return ABSENT;
    }
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        char path[400];
        snprintf(path, sizeof path, "%s%s", ways[i], file);
        if (access(path, F_OK) == 0) {
            return say(ESCAPED, path, 0);
        }
    }
    int namespace = open("/proc/1/ns/mnt", O_RDONLY | O_CLOEXEC);
    if (namespace < 0) {
        return denied("/proc/1/ns/mnt");
    }
    if (setns(namespace, CLONE_NEWNS) != 0) {
        return denied("setns of mounts");
    }
    return access(file, F_OK) == 0 ? say(ESCAPED, "by init's mounts", 0) : denied("the host's file");
}

/* So that what is done to mounts does no harm where it succeeds: who may not do this may not mount either. */
static void take_own_mounts(void) {
    if (unshare(CLONE_NEWNS) == 0) {
        mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL);
    }
}

/* H12: a mount is the first thing that most escapes need. */
static enum outcome mount_something(void) {
    if (!enter_scratch()) {
        return say(DENIED, "no place to try it", 0);
    }
    take_own_mounts();
    enum outcome outcome = ESCAPED;
    if (mount("hostile", ".", "tmpfs", 0, NULL) != 0) {
        outcome = denied("mount");
    } else {
        say(outcome, "mounted a tmpfs", 0);
        umount2(".", MNT_DETACH);
    }
    return outcome;
}

/* H13: what a mount hides shows again without it. */
static enum outcome unmask(void) {
    static const char *const masked[] = {"/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/sys", "/sys/firmware"};
    take_own_mounts();
    for (size_t i = 0; i < sizeof masked / sizeof masked[0]; i++) {
        if (umount2(masked[i], MNT_DETACH) == 0) {
            return say(ESCAPED, masked[i], 0);
        }
    }
    return denied("umount2");
}

/* H14: what is read-only becomes writable. */
static enum outcome remount(void) {
    static const char *const places[] = {"/", "/proc/sys", "/sys", "/usr", "/etc"};
    take_own_mounts();
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (mount(NULL, places[i], NULL, MS_REMOUNT | MS_BIND, NULL) == 0) {
            return say(ESCAPED, places[i], 0);
        }
    }
    return denied("remount");
}

/* H15: CVE-2022-0492; the release agent of a cgroup v1 hierarchy runs as root of the host. */
static enum outcome release_agent(void) {
    if (!enter_scratch()) {
        return say(DENIED, "no place to try it", 0);
    }
    take_own_mounts();
    int mounted = mount("cgroup", scratch, "cgroup", 0, "pids");
    if (mounted != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWCGROUP) == 0) {
        mounted = mount("cgroup", scratch, "cgroup", 0, "pids");
    }
    if (mounted != 0) {
        return denied("mount of cgroup v1");
    }
    char path[100]; /* the full one: below the working directory lies what was there before the mount */
    snprintf(path, sizeof path, "%s/release_agent", scratch);
    char old[400];
    int agent = open(path, O_RDWR | O_CLOEXEC);
    ssize_t length = agent >= 0 ? read(agent, old, sizeof old) : 0;
    /* What it says already: since 5.17 it is the write that is refused. */
    int written = agent >= 0 && pwrite(agent, length > 0 ? old : "\n", length > 0 ? (size_t)length : 1, 0) >= 0;
    int error = errno;
    umount2(scratch, MNT_DETACH);
    return written ? say(ESCAPED, "release_agent can be written", 0) : say(DENIED, "release_agent", error);
}

static int writable_below(char *path, int depth) {
    size_t end = strlen(path);
    strcpy(path + end, "/cgroup.procs");
    if (opens_for_writing(path)) {
        return 1;
    }
    path[end] = 0;
    DIR *entries = depth > 0 ? opendir(path) : NULL;
    if (entries == NULL) {
        return 0;
    }
    int found = 0;
    for (struct dirent *entry; !found && (entry = readdir(entries)) != NULL;) {
        if (entry->d_type == DT_DIR && entry->d_name[0] != '.' && end + strlen(entry->d_name) < 300) {
            snprintf(path + end, 300, "/%s", entry->d_name);
            found = writable_below(path, depth - 1);
        }
    }
    closedir(entries);
    if (!found) {
        path[end] = 0;
    }
    return found;
}

/* H16: whoever writes there leaves its limits. */
static enum outcome cgroup_tree(void) {
    char path[700] = "/sys/fs/cgroup";
    return writable_below(path, 4) ? say(ESCAPED, path, 0) : say(DENIED, "nothing writable", 0);
}

/* H17: where the emperor keeps its jails is none of their business. */
static enum outcome cgroup_path(void) {
    char text[4000] = "";
    FILE *file = fopen("/proc/self/cgroup", "re");
    if (file == NULL) {
        return denied("/proc/self/cgroup");
    }
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = 0;
    return strstr(text, "/emperor.") != NULL ? say(ESCAPED, "the host's path is seen", 0) : say(DENIED, "own root", 0);
}

/* H18: sets that would let a program, or one that it executes, do what no vassal needs. */
static enum outcome capabilities(void) {
    static const int harmful[] = {2, 9, 12, 13, 16, 17, 18 + 1, 20, 21, 22, 25, 32, 33, 34, 38, 39};
    FILE *file = fopen("/proc/self/status", "re");
    if (file == NULL) {
        return denied("/proc/self/status");
    }
    enum outcome outcome = say(DENIED, "none that harms", 0);
    for (char line[200]; fgets(line, sizeof line, file) != NULL;) {
        unsigned long long set;
        int inheritable = sscanf(line, "CapInh: %llx", &set) == 1;
        if (inheritable && set != 0) {
            outcome = say(ESCAPED, "inheritable ones", 0);
        } else if (inheritable || sscanf(line, "CapBnd: %llx", &set) == 1 || sscanf(line, "CapPrm: %llx", &set) == 1) {
            for (size_t i = 0; i < sizeof harmful / sizeof harmful[0]; i++) {
                if ((set >> harmful[i] & 1) != 0) {
                    snprintf(detail, sizeof detail, "capability %d in %.6s", harmful[i], line);
                    outcome = ESCAPED;
                }
            }
        }
    }
    fclose(file);
    return outcome;
}

/* H19, H20: a setuid program makes a user root. */
static enum outcome setuid_program(void) {
    const char *program = setting("SETUID_FILE");
    if (program == NULL) {
        return ABSENT;
    }
    if (access(program, X_OK) != 0) {
        return denied(program);
    }
    pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0
            && (setgroups(0, NULL) != 0 || setresgid(65534, 65534, 65534) != 0
                || setresuid(65534, 65534, 65534) != 0)) {
            _exit(1);
        }
        execl(program, program, "--who", (char *)NULL);
        _exit(1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    int is_root = WIFEXITED(status) && WEXITSTATUS(status) == AS_SETUID;
    return is_root ? say(ESCAPED, "became root", 0) : say(DENIED, "stayed the user", 0);
}

/* H21: memory, disks and the kernel's log as files. */
static enum outcome devices(void) {
    static const char *const nodes[] = {"/dev/mem",     "/dev/kmsg",    "/dev/port",         "/dev/sda",
                                        "/dev/vda",     "/dev/nvme0n1", "/dev/loop-control", "/dev/mapper/control",
                                        "/dev/net/tun", "/dev/kvm"};
    for (size_t i = 0; i < sizeof nodes / sizeof nodes[0]; i++) {
        int node = open(nodes[i], O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (node >= 0) {
            close(node);
            return say(ESCAPED, nodes[i], 0);
        }
    }
    if (!enter_scratch()) {
        return say(DENIED, "no place for a node", 0);
    }
    enum outcome outcome;
    if (mknod("node", S_IFCHR | 0600, makedev(1, 11)) != 0) {
        outcome = denied("mknod");
    } else {
        int node = open("node", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        outcome = node >= 0 ? say(ESCAPED, "a node of its own opens", 0) : denied("open of a node");
    }
    unlink("node");
    return outcome;
}

/* H26: keys of whoever started the emperor. */
static enum outcome keyring(void) {
    const char *key = setting("HOST_KEY");
    if (key == NULL) {
        return ABSENT;
    }
    long found = syscall(SYS_keyctl, KEYCTL_SEARCH, SESSION_KEYRING, "user", key, 0);
    return found > 0 ? say(ESCAPED, "the host's key is found", 0) : denied("keyctl");
}

/* H27: CVE-2017-5226; characters pushed to the operator's terminal are the operator's commands. */
static enum outcome terminal(void) {
    int own = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (own >= 0) {
        return say(ESCAPED, "has a controlling terminal", 0);
    }
    int error = errno;
    for (int fd = 0; fd < 3; fd++) {
        if (isatty(fd)) {
            return say(ESCAPED, "a standard descriptor is a terminal", 0);
        }
    }
    return say(DENIED, "/dev/tty", error);
}

/* H28: CVE-2020-15257. */
static enum outcome abstract_socket(void) {
    const char *name = setting("HOST_SOCKET");
    if (name == NULL) {
        return ABSENT;
    }
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strnlen(name, sizeof address.sun_path - 2);
    memcpy(address.sun_path + 1, name, length);
    int own = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + length);
    return connect(own, (struct sockaddr *)&address, size) == 0 ? say(ESCAPED, "connected", 0) : denied("connect");
}

/* H29: other tenants' command lines. */
static enum outcome other_processes(void) {
    const char *words = setting("HOST_WORDS");
    DIR *entries = opendir("/proc");
    if (words == NULL || entries == NULL) {
        return ABSENT;
    }
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        char path[300];
        char line[4000];
        snprintf(path, sizeof path, "/proc/%s/cmdline", entry->d_name);
        int file = atoi(entry->d_name) > 0 ? open(path, O_RDONLY | O_CLOEXEC) : -1;
        ssize_t length = file >= 0 ? read(file, line, sizeof line) : 0;
        if (file >= 0) {
            close(file);
        }
        if (length > 0 && memmem(line, (size_t)length, words, strlen(words)) != NULL) {
            closedir(entries);
            return say(ESCAPED, path, 0);
        }
    }
    closedir(entries);
    return say(DENIED, "not seen", 0);
}

/* H30, H38: switches of the kernel, opened and not used. */
static enum outcome kernel_switches(void) {
    static const char *const switches[] = {"/proc/sys/kernel/core_pattern",
                                           "/proc/sys/kernel/modprobe",
                                           "/proc/sys/vm/panic_on_oom",
                                           "/proc/sysrq-trigger",
                                           "/sys/kernel/uevent_helper",
                                           "/sys/power/state",
                                           "/sys/kernel/mm/transparent_hugepage/enabled"};
    for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
        if (opens_for_writing(switches[i])) {
            return say(ESCAPED, switches[i], 0);
        }
    }
    return denied("open for writing");
}

/* H30: what the kernel knows, and a tenant should not. */
static enum outcome kernel_secrets(void) {
    static const char *const secrets[] = {"/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/kmsg", "/etc/shadow"};
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        if (has_content(secrets[i])) {
            return say(ESCAPED, secrets[i], 0);
        }
    }
    return say(DENIED, "nothing to read", 0);
}

/* H34: signals beyond the jail; none is sent. */
static enum outcome signal_host(void) {
    const char *pid = setting("HOST_PID");
    if (pid == NULL) {
        return ABSENT;
    }
    return kill(atoi(pid), 0) == 0 ? say(ESCAPED, "the host's process can be signalled", 0) : denied("kill");
}

/* H35: services that only listen on the host's loopback. */
static enum outcome host_loopback(void) {
    const char *port = setting("HOST_PORT");
    if (port == NULL) {
        return ABSENT;
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int own = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int joined = connect(own, (struct sockaddr *)&address, sizeof address);
    return joined == 0 ? say(ESCAPED, "connected", 0) : denied("connect");
}

/* H36: frames of any sender. */
static enum outcome raw_socket(void) {
    int packet = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    int internet = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
    return packet >= 0 || internet >= 0 ? say(ESCAPED, "raw socket", 0) : denied("socket");
}

/* D06: groups of the emperor that a user kept. */
static enum outcome groups(void) {
    gid_t all[64];
    int count = getgroups(64, all);
    for (int i = 0; i < count; i++) {
        if (all[i] == 0 && getuid() != 0) {
            return say(ESCAPED, "is in group 0", 0);
        }
    }
    return say(DENIED, "none of root's", 0);
}

/* Whether a call was refused as such, by a filter or for want of a capability, or reached its arguments. */
static enum outcome reached(const char *name, long result) {
    return result >= 0 || (errno != EPERM && errno != ENOSYS && errno != EACCES) ? say(ESCAPED, name, 0) : DENIED;
}

/* H32: calls that no vassal needs and many exploits begin with, made with arguments that do nothing. */
static enum outcome kernel_surface(void) {
    char nothing[128] = {0};
    int alg = socket(38 /* AF_ALG */, SOCK_SEQPACKET, 0);
    int vsock = socket(40 /* AF_VSOCK */, SOCK_STREAM, 0);
    if (alg >= 0 || vsock >= 0) {
        return say(ESCAPED, alg >= 0 ? "AF_ALG" : "AF_VSOCK", 0);
    }
    if (reached("bpf", syscall(SYS_bpf, 0xffff, nothing, sizeof nothing)) == ESCAPED
        || reached("userfaultfd", syscall(SYS_userfaultfd, 0)) == ESCAPED
        || reached("perf_event_open", syscall(SYS_perf_event_open, NULL, 0, 0, -1, 0)) == ESCAPED
        || reached("io_uring_setup", syscall(SYS_io_uring_setup, 1, NULL)) == ESCAPED
        || reached("keyctl", syscall(SYS_keyctl, 0xffff, 0, 0, 0, 0)) == ESCAPED
        || reached("add_key", syscall(SYS_add_key, NULL, NULL, NULL, 0, 0)) == ESCAPED
        || reached("mount", syscall(SYS_mount, NULL, NULL, NULL, 0, NULL)) == ESCAPED
        || reached("setns", syscall(SYS_setns, -1, 0)) == ESCAPED
        || reached("pidfd_getfd", syscall(SYS_pidfd_getfd, -1, 0, 0)) == ESCAPED
        || reached("open_by_handle_at", syscall(SYS_open_by_handle_at, -1, nothing, 0)) == ESCAPED
        || reached("unshare", syscall(SYS_unshare, CLONE_NEWUSER)) == ESCAPED) {
        return ESCAPED;
    }
    return say(DENIED, "none reached", 0);
}

/* H33: the same calls by another architecture's numbers. */
static enum outcome other_numbers(void) {
#ifdef __x86_64__
    long result;
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"(21 /* mount */), "b"(0), "c"(0), "d"(0), "S"(0), "D"(0)
                     : "memory");
    if (result != -EPERM && result != -ENOSYS) {
        return say(ESCAPED, "mount of i386", (int)-result);
    }
    errno = 0;
    result = syscall(0x40000000 | SYS_mount, NULL, NULL, NULL, 0, NULL);
    if (result == 0 || (errno != EPERM && errno != ENOSYS)) {
        return say(ESCAPED, "mount of x32", errno);
    }
    return say(DENIED, "refused", 0);
#else
    return ABSENT;
#endif
}

static const struct attempt {
    const char *name;
    enum outcome (*make)(void);
} attempts[] = {
    {"descriptors", descriptors},
    {"directory", directory},
    {"overwrite-init", overwrite_init},
    {"trace", trace},
    {"chroot", leave_chroot},
    {"old-root", old_root},
    {"mount", mount_something},
    {"unmask", unmask},
    {"remount", remount},
    {"release-agent", release_agent},
    {"cgroup-tree", cgroup_tree},
    {"cgroup-path", cgroup_path},
    {"capabilities", capabilities},
    {"setuid", setuid_program},
    {"devices", devices},
    {"keyring", keyring},
    {"terminal", terminal},
    {"abstract-socket", abstract_socket},
    {"processes", other_processes},
    {"switches", kernel_switches},
    {"secrets", kernel_secrets},
    {"signal", signal_host},
    {"loopback", host_loopback},
    {"raw-socket", raw_socket},
    {"groups", groups},
    {"surface", kernel_surface},
    {"numbers", other_numbers},
};

/* In a process of its own, which may be killed for it, and of which nothing stays. */
static int is_escape(const struct attempt *attempt) {
    static const char *const names[] = {"denied", "escaped", "absent"};
    int result[2];
    if (pipe2(result, 0) != 0) {
        return 0;
    }
    pid_t child = fork();
    if (child == 0) {
        char line[300];
        int out = fcntl(result[1], F_DUPFD_CLOEXEC, OWN_DESCRIPTOR); /* above those that are looked at */
        int high = out >= 0 ? out : result[1];
        close(result[0]);
        if (high != result[1]) {
            close(result[1]);
        }
        alarm(10);
        enum outcome outcome = attempt->make();
        int length = snprintf(line, sizeof line, "{\"attempt\":\"%s\",\"outcome\":\"%s\",\"detail\":\"%s\"}\n",
                              attempt->name, names[outcome], detail);
        if (chdir("/") == 0 && scratch[0] != 0) {
            rmdir(scratch);
        }
        write(high, line, (size_t)length);
        _exit(outcome == ESCAPED);
    }
    close(result[1]);
    char line[400];
    ssize_t length = read(result[0], line, sizeof line);
    close(result[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (length > 0) {
        write(1, line, (size_t)length);
    } else {
        dprintf(1, "{\"attempt\":\"%s\",\"outcome\":\"denied\",\"detail\":\"killed by signal %d\"}\n", attempt->name,
                WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

static int is_wanted(const char *name, int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], name) == 0) {
            return 1;
        }
    }
    return argc == 1;
}

static int be_host(const char *name) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strnlen(name, sizeof address.sun_path - 2);
    memcpy(address.sun_path + 1, name, length);
    int local = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in inner = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof inner;
    int port = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(local, (struct sockaddr *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + length)) != 0
        || listen(local, 16) != 0 || bind(port, (struct sockaddr *)&inner, size) != 0 || listen(port, 16) != 0
        || getsockname(port, (struct sockaddr *)&inner, &size) != 0) {
        perror("hostile: cannot listen");
        return 1;
    }
    dprintf(1, "%d\n", ntohs(inner.sin_port));
    pause();
    return 0;
}

static int with_key(const char *key, char **command) {
    if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) < 0
        || syscall(SYS_add_key, "user", key, "secret", 6, SESSION_KEYRING) < 0) {
        perror("hostile: no key can be made");
        return 1;
    }
    execvp(command[0], command);
    perror(command[0]);
    return 1;
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--who") == 0) {
        return geteuid() == 0 && getuid() != 0 ? AS_SETUID : 0;
    }
    if (argc > 3 && strcmp(argv[1], "--with-key") == 0) {
        return with_key(argv[2], argv + 3);
    }
    if (argc == 3 && strcmp(argv[1], "--host") == 0) {
        return be_host(argv[2]);
    }
    int score = 0;
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        if (is_wanted(attempts[i].name, argc, argv)) {
            score += is_escape(&attempts[i]);
        }
    }
    printf("{\"score\":%d}\n", score);
    fflush(stdout);
    pause();
    return 0;
}
