/*
 * What a jail looks like to a program inside it: the words on its command line are done one after the other. It is static,
 * so that it runs in a root that holds nothing else.
 *
 *   report       prints all it can see of itself as one line of JSON
 *   look:P,Q     prints as one line of JSON what these paths are, whether they can be read and written, and all mounts
 *   stay         waits; signals do what they do
 *   heed         prints the number of every signal from now on, and ends with 0 on TERM
 *   ignore       ignores every signal that can be ignored
 *   drift        leaves a grandchild in a session of its own that ignores TERM and stays
 *   orphans:N    leaves N grandchildren behind that end at once
 *   stop         stops itself, as SIGSTOP does
 *   fork         forks without end, and so do the children
 *   flood        writes lines without end
 *   line:N       writes one line of N bytes
 *   own:FILE     prints user and group of the file
 *   text:FILE    prints the lines of the file, each after its path, and that it has ended or the errno
 *   make:FILE    makes an empty file and prints how that went
 *   mount:DIR    mounts a tmpfs there and prints how that went
 *   network      prints its interfaces, addresses and routes, one a line
 *   serve:PORT   answers whoever connects with the host's name
 *   connect:ADDRESS/PORT  prints what is answered there, or the errno
 *   bridge:NAME/ADDRESS/PREFIX  makes a bridge that has this IPv4 address
 *   up:NAME      raises an interface
 *   exit:N raise:N
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <ifaddrs.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define MOST_NAMES 200

static char text[16000]; /* one line of a log holds 16 KiB */
static size_t length;

static void put(const char *bytes, size_t count) {
    if (length + count > sizeof text) {
        static const char complaint[] = "probe: the report is too long\n";
        write(2, complaint, sizeof complaint - 1);
        _exit(96);
    }
    memcpy(text + length, bytes, count);
    length += count;
}

static void print_text(void) {
    for (size_t at = 0; at < length;) {
        ssize_t written = write(1, text + at, length - at);
        if (written < 0) {
            _exit(99);
        }
        at += (size_t)written;
    }
}

static void raw(const char *string) {
    put(string, strlen(string));
}

static void quoted(const char *string) {
    raw("\"");
    for (const unsigned char *at = (const unsigned char *)string; *at != 0; at++) {
        char escaped[8];
        if (*at == '"' || *at == '\\' || *at < ' ') {
            put(escaped, (size_t)snprintf(escaped, sizeof escaped, "\\u%04x", *at));
        } else {
            put((const char *)at, 1);
        }
    }
    raw("\"");
}

static void separate(void) {
    if (length > 0 && text[length - 1] != '{' && text[length - 1] != '[') {
        raw(",");
    }
}

static void key(const char *name) {
    separate();
    quoted(name);
    raw(":");
}

static void item(const char *string) {
    separate();
    quoted(string);
}

static void number(long value) {
    char digits[24];
    put(digits, (size_t)snprintf(digits, sizeof digits, "%ld", value));
}

static void number_field(const char *name, long value) {
    key(name);
    number(value);
}

static void text_field(const char *name, const char *value) {
    key(name);
    quoted(value);
}

static void link_field(const char *name, const char *path) {
    char target[4096];
    ssize_t count = readlink(path, target, sizeof target - 1);
    target[count < 0 ? 0 : count] = 0;
    text_field(name, target);
}

/* The lines of a file as an array. */
static void lines_field(const char *name, const char *path) {
    char line[4096];
    key(name);
    raw("[");
    FILE *file = fopen(path, "re");
    while (file != 0 && fgets(line, sizeof line, file) != 0) {
        line[strcspn(line, "\n")] = 0;
        item(line);
    }
    if (file != 0) {
        fclose(file);
    }
    raw("]");
}

/* The first names of a directory: the host's /proc may have thousands. */
static void names_field(const char *name, const char *directory, int only_numbers) {
    int left = MOST_NAMES;
    key(name);
    raw("[");
    DIR *entries = opendir(directory);
    struct dirent *entry;
    while (entries != 0 && left > 0 && (entry = readdir(entries)) != 0) {
        if (entry->d_name[0] != '.' && (!only_numbers || (entry->d_name[0] >= '0' && entry->d_name[0] <= '9'))) {
            item(entry->d_name);
            left--;
        }
    }
    if (entries != 0) {
        closedir(entries);
    }
    raw("]");
}

static void report_status(void) {
    char line[1024];
    FILE *file = fopen("/proc/self/status", "re");
    key("status");
    raw("{");
    while (file != 0 && fgets(line, sizeof line, file) != 0) {
        line[strcspn(line, "\n")] = 0;
        char *value = strchr(line, ':');
        if (value != 0
            && (strncmp(line, "Cap", 3) == 0 || strncmp(line, "Sig", 3) == 0 || strncmp(line, "NoNew", 5) == 0)) {
            *value++ = 0;
            text_field(line, value + strspn(value, "\t "));
        }
    }
    if (file != 0) {
        fclose(file);
    }
    raw("}");
}

static void report_identity(void) {
    uid_t uids[3];
    gid_t gids[3];
    gid_t groups[64];
    getresuid(&uids[0], &uids[1], &uids[2]);
    getresgid(&gids[0], &gids[1], &gids[2]);
    key("uids");
    raw("[");
    for (int i = 0; i < 3; i++) {
        separate();
        number(uids[i]);
    }
    raw("]");
    key("gids");
    raw("[");
    for (int i = 0; i < 3; i++) {
        separate();
        number(gids[i]);
    }
    raw("]");
    key("groups");
    raw("[");
    int count = getgroups(64, groups);
    for (int i = 0; i < count; i++) {
        separate();
        number(groups[i]);
    }
    raw("]");
}

/* By asking for each: the directory of them would show the descriptor that reads it. */
static void report_descriptors(void) {
    key("fds");
    raw("[");
    for (int fd = 0; fd < 20000; fd++) {
        if (fcntl(fd, F_GETFD) >= 0) {
            separate();
            number(fd);
        }
    }
    raw("]");
    link_field("stdin", "/proc/self/fd/0");
    number_field("stdout-flags", fcntl(1, F_GETFL) & O_ACCMODE);
}

static void report_namespaces(void) {
    static const char *const names[] = {"mnt", "net", "ipc", "uts", "pid", "user", "cgroup"};
    key("namespaces");
    raw("{");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/ns/%s", names[i]);
        link_field(names[i], path);
    }
    raw("}");
}

static void report_network(void) {
    key("interfaces");
    raw("{");
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct if_nameindex *all = if_nameindex();
    for (struct if_nameindex *one = all; one != 0 && one->if_index != 0; one++) {
        struct ifreq request = {0};
        strncpy(request.ifr_name, one->if_name, IFNAMSIZ - 1);
        ioctl(fd, SIOCGIFFLAGS, &request);
        text_field(one->if_name, (request.ifr_flags & IFF_UP) != 0 ? "up" : "down");
    }
    if (all != 0) {
        if_freenameindex(all);
    }
    close(fd);
    raw("}");
}

/* A byte through a listener on 127.0.0.1; the step and errno that failed, or "works". */
static const char *loopback(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    char byte = 'x';
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const char *outcome = "works";
    int server = -1;
    if (bind(listener, (struct sockaddr *)&address, size) < 0 || listen(listener, 1) < 0) {
        outcome = "cannot listen";
    } else if (getsockname(listener, (struct sockaddr *)&address, &size) < 0
               || connect(client, (struct sockaddr *)&address, size) < 0) {
        outcome = "cannot connect";
    } else {
        server = accept4(listener, 0, 0, SOCK_CLOEXEC);
        if (write(client, "y", 1) != 1 || read(server, &byte, 1) != 1 || byte != 'y') {
            outcome = "cannot talk";
        }
        close(server);
    }
    close(client);
    close(listener);
    return outcome;
}

static long try_open(const char *path, int flags) {
    int fd = open(path, flags | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno;
    }
    close(fd);
    return 0;
}

static void try_process(const char *name, pid_t pid) {
    char text_of[64];
    snprintf(text_of, sizeof text_of, "%s-ptrace", name);
    long attached = ptrace(PTRACE_SEIZE, pid, 0, 0);
    number_field(text_of, attached < 0 ? errno : 0);
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", pid);
    snprintf(text_of, sizeof text_of, "%s-mem-write", name);
    number_field(text_of, try_open(path, O_RDWR));
}

/* Both resource limits of every kind, in the order of their numbers; -1 is none. */
static void report_limits(void) {
    key("limits");
    raw("[");
    for (int resource = 0; resource < 16; resource++) {
        struct rlimit limit = {0};
        char both[48];
        getrlimit(resource, &limit);
        snprintf(both, sizeof both, "%ld:%ld", (long)limit.rlim_cur, (long)limit.rlim_max);
        item(both);
    }
    raw("]");
}

static void report_priorities(void) {
    cpu_set_t processors;
    CPU_ZERO(&processors);
    sched_getaffinity(0, sizeof processors, &processors);
    number_field("nice", getpriority(PRIO_PROCESS, 0));
    number_field("ionice", syscall(SYS_ioprio_get, 1, 0));
    key("processors");
    raw("[");
    for (int processor = 0; processor < CPU_SETSIZE; processor++) {
        if (CPU_ISSET(processor, &processors)) {
            separate();
            number(processor);
        }
    }
    raw("]");
    lines_field("oom-score-adj", "/proc/self/oom_score_adj");
}

/* What an attacker would try against its jail-init. */
static void report_attacks(void) {
    int exe = open("/proc/1/exe", O_RDONLY | O_CLOEXEC);
    number_field("init-exe-seals", exe < 0 ? -1 : fcntl(exe, F_GET_SEALS));
    if (exe >= 0) {
        close(exe);
    }
    number_field("init-exe-write", try_open("/proc/1/exe", O_WRONLY));
    if (getppid() != 0) {
        try_process("parent", getppid());
    }
}

static void report_output(void) {
    int fd = open("/dev/stdout", O_WRONLY | O_CLOEXEC);
    number_field("reopen-stdout", fd < 0 ? errno : 0);
    if (fd >= 0) {
        dprintf(fd, "reopened\n");
        close(fd);
    }
}

static void report(void) {
    char name[256] = "";
    char directory[4096] = "";
    struct rlimit files;
    mode_t mask = umask(0);
    umask(mask);
    gethostname(name, sizeof name - 1);
    getrlimit(RLIMIT_NOFILE, &files);
    length = 0;
    raw("{");
    number_field("pid", getpid());
    number_field("ppid", getppid());
    number_field("sid", getsid(0));
    report_descriptors();
    report_status();
    report_identity();
    report_namespaces();
    text_field("hostname", name);
    text_field("cwd", getcwd(directory, sizeof directory) == 0 ? "" : directory);
    number_field("umask", mask);
    report_limits();
    report_priorities();
    number_field("nofile-soft", (long)files.rlim_cur);
    number_field("nofile-hard", (long)files.rlim_max);
    key("environment");
    raw("[");
    for (char **variable = environ; *variable != 0; variable++) {
        item(*variable);
    }
    raw("]");
    lines_field("parent", "/proc/1/cmdline");
    lines_field("cgroup", "/proc/self/cgroup");
    lines_field("uid_map", "/proc/self/uid_map");
    lines_field("gid_map", "/proc/self/gid_map");
    lines_field("setgroups", "/proc/self/setgroups");
    names_field("processes", "/proc", 1);
    names_field("root", "/", 0);
    report_network();
    text_field("loopback", loopback());
    report_attacks();
    report_output();
    lines_field("mounts", "/proc/self/mountinfo");
    raw("}\n");
    print_text();
}

static const char *type_of(mode_t mode) {
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return "directory";
    case S_IFREG:
        return "file";
    case S_IFCHR:
        return "character device";
    case S_IFBLK:
        return "block device";
    case S_IFLNK:
        return "link";
    case S_IFSOCK:
        return "socket";
    default:
        return "other";
    }
}

/* By making something in a directory, and opening anything else; the errno, or 0. */
static long try_write(const char *path, int is_directory) {
    char name[4200];
    if (!is_directory) {
        return try_open(path, O_WRONLY | O_NONBLOCK);
    }
    snprintf(name, sizeof name, "%s/.probe", path);
    long error = try_open(name, O_WRONLY | O_CREAT | O_EXCL);
    unlink(name);
    return error;
}

static void look_inside(const char *path, int is_directory) {
    char bytes[64];
    if (is_directory) {
        names_field("names", path, 0);
        return;
    }
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ssize_t count = fd < 0 ? 0 : read(fd, bytes, sizeof bytes - 1);
    bytes[count < 0 ? 0 : count] = 0;
    number_field("bytes", count);
    text_field("text", bytes);
    close(fd);
}

static void look_at(const char *path) {
    struct stat what;
    key(path);
    raw("{");
    if (lstat(path, &what) < 0) {
        number_field("missing", errno);
    } else if (S_ISLNK(what.st_mode)) {
        text_field("type", "link");
        link_field("to", path);
    } else {
        char device[32];
        int is_directory = S_ISDIR(what.st_mode);
        snprintf(device, sizeof device, "%u:%u", major(what.st_rdev), minor(what.st_rdev));
        text_field("type", type_of(what.st_mode));
        text_field("device", device);
        number_field("mode", what.st_mode & 07777);
        number_field("uid", what.st_uid);
        number_field("gid", what.st_gid);
        number_field("read", try_open(path, O_RDONLY | O_NONBLOCK));
        number_field("write", try_write(path, is_directory));
        look_inside(path, is_directory);
    }
    raw("}");
}

/* The paths are separated by commas. */
static void look(const char *paths) {
    char path[4096];
    length = 0;
    raw("{");
    key("looks");
    raw("{");
    while (*paths != 0) {
        size_t count = strcspn(paths, ",");
        snprintf(path, sizeof path, "%.*s", (int)count, paths);
        look_at(path);
        paths += count + (paths[count] == ',');
    }
    raw("}");
    lines_field("mounts", "/proc/self/mountinfo");
    raw("}\n");
    print_text();
}

static void heard(int signal) {
    char line[32];
    int count = snprintf(line, sizeof line, "heard %d\n", signal);
    write(1, line, (size_t)count);
    if (signal == SIGTERM) {
        _exit(0);
    }
}

static void every_signal(void (*handler)(int)) {
    for (int signal = 1; signal <= 64; signal++) {
        struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
        sigaction(signal, &action, 0);
    }
}

static void stay(void) {
    for (;;) {
        pause();
    }
}

/* Returns in the first process when the grandchild has left its parent behind. */
static void drift(void) {
    int ready[2];
    char byte;
    if (pipe2(ready, O_CLOEXEC) < 0) {
        _exit(98);
    }
    if (fork() == 0) {
        setsid();
        if (fork() != 0) {
            _exit(0);
        }
        every_signal(SIG_IGN);
        write(ready[1], "x", 1);
        for (int fd = 0; fd < 20; fd++) {
            close(fd);
        }
        stay();
    }
    wait(0);
    read(ready[0], &byte, 1);
    close(ready[0]);
    close(ready[1]);
    dprintf(1, "drifted\n");
}

static void leave_orphans(int count) {
    if (fork() == 0) {
        for (int i = 0; i < count; i++) {
            if (fork() == 0) {
                _exit(0);
            }
        }
        _exit(0);
    }
    wait(0);
    dprintf(1, "orphaned\n");
}

static void fork_without_end(void) {
    int told = 0;
    for (;;) {
        if (fork() < 0) {
            if (!told && getpid() > 0) {
                dprintf(1, "fork: %d\n", errno);
                told = 1;
            }
            sched_yield();
        }
    }
}

static void flood(void) {
    char block[4096];
    memset(block, 'f', sizeof block);
    for (size_t i = 63; i < sizeof block; i += 64) {
        block[i] = '\n';
    }
    for (;;) {
        write(1, block, sizeof block);
    }
}

static void write_line(long size) {
    char *line = malloc((size_t)size + 1);
    memset(line, 'l', (size_t)size);
    line[size] = '\n';
    for (long at = 0; at <= size;) {
        at += write(1, line + at, (size_t)(size + 1 - at));
    }
    free(line);
}

static void raise_signal(int signal) {
    struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    getrlimit(RLIMIT_CORE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_CORE, &limit);
    raise(signal);
    stay();
}

static void copy_lines(const char *prefix, const char *path) {
    char line[1024];
    FILE *file = fopen(path, "re");
    while (file != 0 && fgets(line, sizeof line, file) != 0) {
        dprintf(1, "%s: %s", prefix, line);
    }
    if (file != 0) {
        fclose(file);
    }
}

static int bits_of(const struct sockaddr *mask) {
    size_t offset = mask->sa_family == AF_INET ? 4 : 8;
    size_t count = mask->sa_family == AF_INET ? 4 : 16;
    int bits = 0;
    for (size_t i = 0; i < count; i++) {
        bits += __builtin_popcount(((const unsigned char *)mask)[offset + i]);
    }
    return bits;
}

static void print_network(void) {
    struct ifaddrs *all = 0;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    getifaddrs(&all);
    for (struct ifaddrs *one = all; one != 0; one = one->ifa_next) {
        char address[64] = "";
        struct ifreq request = {0};
        if (one->ifa_addr == 0) {
            continue;
        }
        strncpy(request.ifr_name, one->ifa_name, IFNAMSIZ - 1);
        if (one->ifa_addr->sa_family == AF_INET || one->ifa_addr->sa_family == AF_INET6) {
            size_t offset = one->ifa_addr->sa_family == AF_INET ? 4 : 8;
            inet_ntop(one->ifa_addr->sa_family, (char *)one->ifa_addr + offset, address, sizeof address);
            dprintf(1, "address: %s %s/%d\n", one->ifa_name, address, bits_of(one->ifa_netmask));
        } else if (one->ifa_addr->sa_family == AF_PACKET && ioctl(fd, SIOCGIFHWADDR, &request) == 0) {
            unsigned char mac[6];
            memcpy(mac, request.ifr_hwaddr.sa_data, sizeof mac);
            int mtu = ioctl(fd, SIOCGIFMTU, &request) == 0 ? request.ifr_mtu : -1;
            dprintf(1, "interface: %s mtu %d mac %02x:%02x:%02x:%02x:%02x:%02x\n", one->ifa_name, mtu, mac[0], mac[1],
                    mac[2], mac[3], mac[4], mac[5]);
        }
    }
    freeifaddrs(all);
    close(fd);
    copy_lines("route", "/proc/self/net/route");
    copy_lines("route6", "/proc/self/net/ipv6_route");
    dprintf(1, "network: told\n");
}

static void serve(int port) {
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons((unsigned short)port)};
    int listener = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 16) < 0) {
        dprintf(1, "serve: %d\n", errno);
        _exit(95);
    }
    dprintf(1, "serving\n");
    for (;;) {
        char name[256] = "";
        int client = accept4(listener, 0, 0, SOCK_CLOEXEC);
        gethostname(name, sizeof name - 1);
        dprintf(client, "%s", name);
        close(client);
    }
}

static void connect_to(const char *place) {
    char host[64] = "";
    char said[256] = "";
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    struct timeval limit = {.tv_sec = 5};
    const char *slash = strchr(place, '/');
    snprintf(host, sizeof host, "%.*s", (int)(slash - place), place);
    four.sin_port = six.sin6_port = htons((unsigned short)atoi(slash + 1));
    int is_four = inet_pton(AF_INET, host, &four.sin_addr) == 1;
    int fd = socket(is_four ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    inet_pton(AF_INET6, host, &six.sin6_addr);
    const struct sockaddr *address = is_four ? (struct sockaddr *)&four : (struct sockaddr *)&six;
    if (connect(fd, address, is_four ? sizeof four : sizeof six) < 0) {
        dprintf(1, "connect %s: errno %d\n", host, errno);
    } else {
        read(fd, said, sizeof said - 1);
        dprintf(1, "connect %s: %s\n", host, said);
    }
    close(fd);
}

static void raise_interface(const char *name) {
    struct ifreq request = {.ifr_flags = IFF_UP};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    if (ioctl(fd, SIOCSIFFLAGS, &request) < 0) {
        dprintf(1, "up: %d\n", errno);
        _exit(94);
    }
    close(fd);
}

static void make_bridge(const char *place) {
    char name[IFNAMSIZ] = "";
    char address[64] = "";
    struct ifreq request = {0};
    struct sockaddr_in four = {.sin_family = AF_INET};
    const char *slash = strchr(place, '/');
    const char *prefix = strrchr(place, '/');
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    snprintf(name, sizeof name, "%.*s", (int)(slash - place), place);
    snprintf(address, sizeof address, "%.*s", (int)(prefix - slash - 1), slash + 1);
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    int made = ioctl(fd, SIOCBRADDBR, name);
    inet_pton(AF_INET, address, &four.sin_addr);
    memcpy(&request.ifr_addr, &four, sizeof four);
    made |= ioctl(fd, SIOCSIFADDR, &request);
    four.sin_addr.s_addr = htonl(~0U << (32 - atoi(prefix + 1)));
    memcpy(&request.ifr_netmask, &four, sizeof four);
    made |= ioctl(fd, SIOCSIFNETMASK, &request);
    if (made != 0) {
        dprintf(1, "bridge: %d\n", errno);
        _exit(94);
    }
    close(fd);
    raise_interface(name);
}

static void print_lines(const char *path) {
    char line[512];
    FILE *file = fopen(path, "re");
    if (file == 0) {
        dprintf(1, "%s: errno %d\n", path, errno);
        return;
    }
    while (fgets(line, sizeof line, file) != 0) {
        line[strcspn(line, "\n")] = 0;
        dprintf(1, "%s: %s\n", path, line);
    }
    fclose(file);
    dprintf(1, "%s has ended\n", path);
}

static void act(const char *word) {
    const char *colon = strchr(word, ':');
    const char *argument = colon == 0 ? "" : colon + 1;
    if (strcmp(word, "report") == 0) {
        report();
    } else if (strncmp(word, "look:", 5) == 0) {
        look(argument);
    } else if (strcmp(word, "stay") == 0) {
        stay();
    } else if (strcmp(word, "heed") == 0) {
        every_signal(heard);
        dprintf(1, "heeding\n");
    } else if (strcmp(word, "ignore") == 0) {
        every_signal(SIG_IGN);
        dprintf(1, "ignoring\n");
    } else if (strcmp(word, "drift") == 0) {
        drift();
    } else if (strcmp(word, "stop") == 0) {
        raise(SIGSTOP);
    } else if (strcmp(word, "fork") == 0) {
        fork_without_end();
    } else if (strcmp(word, "flood") == 0) {
        flood();
    } else if (strncmp(word, "line:", 5) == 0) {
        write_line(atol(argument));
    } else if (strncmp(word, "own:", 4) == 0) {
        struct stat status = {.st_uid = (uid_t)-1, .st_gid = (gid_t)-1};
        stat(argument, &status);
        dprintf(1, "%s belongs to %d:%d\n", argument, (int)status.st_uid, (int)status.st_gid);
    } else if (strncmp(word, "text:", 5) == 0) {
        print_lines(argument);
    } else if (strncmp(word, "make:", 5) == 0) {
        dprintf(1, "make: %ld\n", try_open(argument, O_WRONLY | O_CREAT | O_EXCL));
    } else if (strncmp(word, "mount:", 6) == 0) {
        dprintf(1, "mount: %d\n", mount("probe", argument, "tmpfs", 0, 0) < 0 ? errno : 0);
    } else if (strncmp(word, "orphans:", 8) == 0) {
        leave_orphans(atoi(argument));
    } else if (strcmp(word, "network") == 0) {
        print_network();
    } else if (strncmp(word, "serve:", 6) == 0) {
        serve(atoi(argument));
    } else if (strncmp(word, "connect:", 8) == 0) {
        connect_to(argument);
    } else if (strncmp(word, "up:", 3) == 0) {
        raise_interface(argument);
    } else if (strncmp(word, "bridge:", 7) == 0) {
        make_bridge(argument);
    } else if (strncmp(word, "exit:", 5) == 0) {
        _exit(atoi(argument));
    } else if (strncmp(word, "raise:", 6) == 0) {
        raise_signal(atoi(argument));
    } else {
        dprintf(2, "probe: unknown word %s\n", word);
        _exit(97);
    }
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        act(argv[i]);
    }
    return 0;
}
