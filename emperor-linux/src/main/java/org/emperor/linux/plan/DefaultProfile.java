package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.linux.plan.SeccompRules.Condition;
import org.emperor.linux.plan.SeccompRules.Operator;
import org.emperor.linux.plan.SeccompRules.Rule;

/**
 * The filter behind {@code seccomp = default}. It is two: a list of the calls that go through, and before it one that
 * looks at arguments, for libseccomp takes no exceptions to a call that a filter allows. The kernel asks both, and the
 * stricter answer counts.
 *
 * <p>What is denied fails with EPERM; what neither list names is newer than both, and fails with ENOSYS as on an older
 * kernel, so that libraries fall back. So does clone3: its flags lie in memory, where no filter can look.
 */
public final class DefaultProfile {
    /** Those of clone(2) that make namespaces. CLONE_NEWTIME is a part of clone's exit signal, and counts for unshare. */
    private static final long[] NAMESPACES = {
        0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
    };

    private static final long NEWTIME = 0x80;

    private static final long LOW_HALF = 0xffffffffL;

    /** They put words into the mouth of whoever uses the terminal. */
    private static final long[] TERMINAL = {0x5412, 0x541c}; // TIOCSTI, TIOCLINUX

    /** Socket families whose kernel code a jail has no use for: not unix, inet, inet6, netlink, packet. */
    private static final int[] FAMILIES = {0, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15};

    private static final int LAST_FAMILY = 17;

    /** Linux, with or without a random layout, with or without 16-bit addresses; and asking which. */
    private static final long[] PERSONALITIES = {0, 8, 0x20000, 0x20008, LOW_HALF};

    private static final String ALLOWED = """
            accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom recvmmsg recvmsg send
            sendmmsg sendmsg sendto setsockopt shutdown socket socketpair

            access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fadvise64
            fallocate fchdir fchmod fchmodat fchmodat2 fchown fchownat fcntl fdatasync fgetxattr flistxattr flock
            fremovexattr fsetxattr fstat fstatfs fsync ftruncate futimesat getcwd getdents getdents64 getxattr getxattrat
            inotify_add_watch inotify_init inotify_init1 inotify_rm_watch ioctl lchown lgetxattr link linkat listmount
            listxattr listxattrat llistxattr lremovexattr lseek lsetxattr lstat memfd_create mkdir mkdirat mknod mknodat
            name_to_handle_at newfstatat open openat openat2 pipe pipe2 pread64 preadv preadv2 pwrite64 pwritev pwritev2
            read readahead readlink readlinkat readv removexattr removexattrat rename renameat renameat2 rmdir sendfile
            setxattr setxattrat splice stat statfs statmount statx symlink symlinkat sync sync_file_range syncfs tee
            truncate umask unlink unlinkat utime utimensat utimes vmsplice write writev fanotify_mark

            epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd
            eventfd2 io_cancel io_destroy io_getevents io_pgetevents io_setup io_submit poll ppoll pselect6 select
            signalfd signalfd4

            brk cachestat madvise map_shadow_stack membarrier memfd_secret mincore mlock mlock2 mlockall mmap mprotect
            mremap mseal msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect remap_file_pages

            capget capset clone execve execveat exit exit_group fork getegid geteuid getgid getgroups getpgid getpgrp
            getpid getppid getpriority getresgid getresuid getrlimit getrusage getsid gettid getuid ioprio_get ioprio_set
            kill landlock_add_rule landlock_create_ruleset landlock_restrict_self pause pidfd_open pidfd_send_signal prctl
            prlimit64 process_mrelease restart_syscall rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo
            rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min
            sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval sched_setaffinity
            sched_setattr sched_setparam sched_setscheduler sched_yield seccomp set_robust_list get_robust_list
            set_tid_address setfsgid setfsuid setgid setgroups setpgid setpriority setregid setresgid setresuid setreuid
            setrlimit setsid setuid sigaltstack tgkill tkill unshare vfork wait4 waitid

            futex futex_requeue futex_wait futex_waitv futex_wake mq_getsetattr mq_notify mq_open mq_timedreceive
            mq_timedsend mq_unlink msgctl msgget msgrcv msgsnd semctl semget semop semtimedop shmat shmctl shmdt shmget

            adjtimex alarm clock_adjtime clock_getres clock_gettime clock_nanosleep getitimer gettimeofday nanosleep
            setitimer time timer_create timer_delete timer_getoverrun timer_gettime timer_settime timerfd_create
            timerfd_gettime timerfd_settime times

            arch_prctl get_thread_area getcpu getrandom modify_ldt set_thread_area sysinfo uname uretprobe
            """;

    private static final String DENIED = """
            acct add_key bpf chroot clock_settime create_module delete_module fanotify_init finit_module fsconfig fsmount
            fsopen fspick get_kernel_syms get_mempolicy init_module io_uring_enter io_uring_register io_uring_setup ioperm
            iopl kcmp kexec_file_load kexec_load keyctl lookup_dcookie lsm_set_self_attr mbind migrate_pages mount
            mount_setattr move_mount move_pages nfsservctl open_by_handle_at open_tree open_tree_attr perf_event_open
            pidfd_getfd pivot_root process_madvise process_vm_readv process_vm_writev ptrace query_module quotactl
            quotactl_fd reboot request_key set_mempolicy set_mempolicy_home_node setdomainname sethostname setns
            settimeofday swapoff swapon sysfs _sysctl syslog umount2 uselib userfaultfd ustat vhangup vserver
            """;

    private record Grant(Capability capability, String calls) {}

    /** What goes through for those who were given the capability for it. */
    private static final List<Grant> GRANTS = List.of(
            new Grant(Capability.DAC_READ_SEARCH, "open_by_handle_at"),
            new Grant(
                    Capability.SYS_ADMIN,
                    "bpf clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie mount mount_setattr move_mount"
                            + " open_tree open_tree_attr perf_event_open pivot_root quotactl quotactl_fd setdomainname"
                            + " sethostname setns syslog umount2"),
            new Grant(Capability.SYS_BOOT, "reboot"),
            new Grant(Capability.SYS_CHROOT, "chroot"),
            new Grant(Capability.SYS_MODULE, "delete_module finit_module init_module"),
            new Grant(Capability.SYS_PACCT, "acct"),
            new Grant(
                    Capability.SYS_PTRACE,
                    "kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace"),
            new Grant(Capability.SYS_RAWIO, "ioperm iopl"),
            new Grant(Capability.SYS_TIME, "clock_settime settimeofday"),
            new Grant(Capability.SYS_TTY_CONFIG, "vhangup"),
            new Grant(
                    Capability.SYS_NICE,
                    "get_mempolicy mbind migrate_pages move_pages set_mempolicy set_mempolicy_home_node"),
            new Grant(Capability.SYSLOG, "syslog"),
            new Grant(Capability.BPF, "bpf"),
            new Grant(Capability.PERFMON, "perf_event_open"));

    private DefaultProfile() {}

    /** In the order of installing: the first must let seccomp(2) itself through. */
    public static List<SeccompRules> rules(Arch arch, long capabilities) {
        return List.of(byArgument(arch, capabilities), byName(arch, capabilities));
    }

    private static SeccompRules byName(Arch arch, long capabilities) {
        List<String> allowed = new ArrayList<>(words(ALLOWED));
        for (Grant grant : GRANTS) {
            if ((capabilities & grant.capability().bit()) != 0) {
                words(grant.calls()).stream()
                        .filter(call -> !allowed.contains(call))
                        .forEach(allowed::add);
            }
        }
        List<String> denied = new ArrayList<>(words(DENIED));
        denied.removeAll(allowed);
        List<Rule> rules = new ArrayList<>();
        rules.add(rule(allowed, SeccompRules.ALLOW));
        rules.add(rule(denied, SeccompRules.errno(SeccompRules.EPERM)));
        for (long personality : PERSONALITIES) {
            rules.add(rule("personality", SeccompRules.ALLOW, new Condition(0, Operator.EQ, personality, 0)));
        }
        return rules(arch, SeccompRules.errno(SeccompRules.ENOSYS), rules, "default, by name");
    }

    private static SeccompRules byArgument(Arch arch, long capabilities) {
        int denied = SeccompRules.errno(SeccompRules.EPERM);
        List<Rule> rules = new ArrayList<>();
        for (long request : TERMINAL) {
            // The kernel looks at the lower half of the word only (CVE-2019-10063).
            rules.add(rule("ioctl", denied, new Condition(1, Operator.MASKED_EQ, LOW_HALF, request)));
        }
        for (int family : FAMILIES) {
            rules.add(rule("socket", denied, new Condition(0, Operator.MASKED_EQ, LOW_HALF, family)));
        }
        rules.add(rule("socket", denied, new Condition(0, Operator.GT, LAST_FAMILY, 0)));
        if ((capabilities & Capability.SYS_ADMIN.bit()) == 0) {
            for (long flag : NAMESPACES) {
                rules.add(rule("clone", denied, new Condition(0, Operator.MASKED_EQ, flag, flag)));
                rules.add(rule("unshare", denied, new Condition(0, Operator.MASKED_EQ, flag, flag)));
            }
            rules.add(rule("unshare", denied, new Condition(0, Operator.MASKED_EQ, NEWTIME, NEWTIME)));
        }
        return rules(arch, SeccompRules.ALLOW, rules, "default, by argument");
    }

    private static SeccompRules rules(Arch arch, int standard, List<Rule> rules, String about) {
        return new SeccompRules(List.of(arch.toString()), standard, rules, about);
    }

    /** The lists know calls of newer kernels and of both processors: what a library does not know it cannot name either. */
    private static Rule rule(List<String> calls, int action) {
        return new Rule(calls, action, List.of(), false);
    }

    private static Rule rule(String call, int action, Condition condition) {
        return new Rule(List.of(call), action, List.of(condition), false);
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }
}
