package org.emperor.linux.plan;

import java.util.Locale;

/** The system calls we use, by their numbers on x86-64 and aarch64 (arch/x86/entry/syscalls, asm-generic/unistd.h). */
public enum Call {
    READ(0, 63),
    WRITE(1, 64),
    CLOSE(3, 57),
    CLOSE_RANGE(436, 436),
    CLONE(56, 220),
    CLONE3(435, 435),
    EXECVEAT(322, 281),
    IOCTL(16, 29),
    GETPID(39, 172),
    SENDFILE(40, 71),
    SOCKET(41, 198),
    CONNECT(42, 203),
    BIND(49, 200),
    LISTEN(50, 201),
    GETSOCKOPT(55, 209),
    SENDMSG(46, 211),
    RECVMSG(47, 212),
    SOCKETPAIR(53, 199),
    SETSOCKOPT(54, 208),
    KILL(62, 129),
    FCNTL(72, 25),
    FLOCK(73, 32),
    CHDIR(80, 49),
    FCHDIR(81, 50),
    FCHMOD(91, 52),
    FCHOWN(93, 55),
    UMASK(95, 166),
    SETPRIORITY(141, 140),
    SCHED_SETAFFINITY(203, 122),
    IOPRIO_SET(251, 30),
    SETSID(112, 157),
    SETGROUPS(116, 159),
    SETRESUID(117, 147),
    SETRESGID(119, 149),
    CAPSET(126, 91),
    RT_SIGPROCMASK(14, 135),
    PRCTL(157, 167),
    PIVOT_ROOT(155, 41),
    CHROOT(161, 51),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    SETHOSTNAME(170, 161),
    EXECVE(59, 221),
    EXIT_GROUP(231, 94),
    EPOLL_CTL(233, 21),
    WAITID(247, 95),
    INOTIFY_ADD_WATCH(254, 27),
    INOTIFY_RM_WATCH(255, 28),
    OPENAT(257, 56),
    OPENAT2(437, 437),
    MKDIRAT(258, 34),
    MKNODAT(259, 33),
    FCHOWNAT(260, 54),
    FCHMODAT(268, 53),
    UNLINKAT(263, 35),
    READLINKAT(267, 78),
    GETEUID(107, 175),
    SYMLINKAT(266, 36),
    FACCESSAT(269, 48),
    PPOLL(271, 73),
    UNSHARE(272, 97),
    SETNS(308, 268),
    EPOLL_PWAIT(281, 22),
    ACCEPT4(288, 242),
    EVENTFD2(290, 19),
    EPOLL_CREATE1(291, 20),
    DUP3(292, 24),
    PIPE2(293, 59),
    INOTIFY_INIT1(294, 26),
    PRLIMIT64(302, 261),
    SECCOMP(317, 277),
    MEMFD_CREATE(319, 279),
    KEYCTL(250, 219),
    STATX(332, 291),
    PIDFD_SEND_SIGNAL(424, 424),
    OPEN_TREE(428, 428),
    MOVE_MOUNT(429, 429),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    PIDFD_OPEN(434, 434),
    MOUNT_SETATTR(442, 442),
    LANDLOCK_CREATE_RULESET(444, 444),
    LANDLOCK_ADD_RULE(445, 445),
    LANDLOCK_RESTRICT_SELF(446, 446);

    private final int x86;
    private final int arm;
    private final String text = name().toLowerCase(Locale.ROOT);

    Call(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    public int number(Arch arch) {
        return switch (arch) {
            case X86_64 -> x86;
            case AARCH64 -> arm;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
