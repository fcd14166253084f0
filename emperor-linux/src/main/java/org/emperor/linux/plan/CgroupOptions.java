package org.emperor.linux.plan;

import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Group;
import org.emperor.spec.Option;

/** The keys that limit a jail by cgroups: the words are those of cgroup v2, and v1 serves where it can say the same. */
final class CgroupOptions {
    static final String MEMORY_MAX = "memory-max";
    static final String MEMORY_HIGH = "memory-high";
    static final String MEMORY_SWAP_MAX = "memory-swap-max";
    static final String MEMORY_OOM_GROUP = "memory-oom-group";
    static final String CPU_MAX = "cpu-max";
    static final String CPU_WEIGHT = "cpu-weight";
    static final String CPUSET_CPUS = "cpuset-cpus";
    static final String CPUSET_MEMS = "cpuset-mems";
    static final String IO_MAX = "io-max";
    static final String IO_WEIGHT = "io-weight";
    static final String CGROUP = "cgroup";
    static final String CGROUP_OPT = "cgroup-opt";
    static final String CGROUP_DIR_MODE = "cgroup-dir-mode";

    private CgroupOptions() {}

    static List<Option> all() {
        return List.of(
                limit(
                        MEMORY_MAX,
                        "How much memory the jail may use: bytes, a size such as 512M, a share of the host's memory such as"
                                + " 25%%, or max. What exceeds it and cannot be swapped out is ended by the kernel, and"
                                + " the death is told as out of memory."),
                limit(
                        MEMORY_HIGH,
                        "From how much memory on the jail is slowed down and made to give some back, written as memory-max."
                                + " cgroup v2 only."),
                limit(
                        MEMORY_SWAP_MAX,
                        "How much of its memory may be swapped out, beside memory-max, written likewise; 0 for none. On"
                                + " cgroup v1 it needs memory-max."),
                Option.once(
                                MEMORY_OOM_GROUP,
                                Form.FLAG,
                                "false",
                                "Whether running out of memory ends the whole jail at once, and not only its largest"
                                        + " process. cgroup v2 only.")
                        .in(Group.LIMITS),
                limit(
                        CPU_MAX,
                        "How much processor time all of the jail may use: 150%% or 1.5 cpus for one and a half processors,"
                                + " QUOTA PERIOD in microseconds, or max. A number alone is a QUOTA, in periods of 100000: with"
                                + " 20000 a fifth of a processor. The program waits when it is used up."),
                limit(
                        CPU_WEIGHT,
                        "The jail's share of processor time when there is not enough, 1 to 10000, where 100 is usual; it"
                                + " counts against the other vassals that are limited in processor time."),
                Option.once(
                                CPUSET_CPUS,
                                Form.CPUS,
                                "",
                                "The processors the jail may run on, such as 0-3,8; unlike cpu-affinity the program cannot"
                                        + " change that.")
                        .in(Group.LIMITS),
                limit(CPUSET_MEMS, "The memory nodes the jail may use, such as 0-1."),
                Option.list(
                                IO_MAX,
                                Form.TEXT,
                                "How fast the jail may use a disk, as MAJOR:MINOR rbps=10M wbps=10M riops=100 wiops=100, one"
                                        + " or more of these: bytes and operations a second, read and written. On cgroup"
                                        + " v1 only direct and synchronous input and output count.")
                        .in(Group.LIMITS),
                limit(
                        IO_WEIGHT,
                        "The jail's share of disks that are busy, 1 to 10000, where 100 is usual; it counts on disks served"
                                + " by the scheduler BFQ or the controller iocost."),
                Option.list(
                                CGROUP,
                                Form.PATH,
                                "A directory of a cgroup v1 hierarchy that the jail joins. It is made if it is missing and"
                                        + " never removed; others may be in it too, and stay when the jail ends. In cgroup v2 a"
                                        + " process is in one cgroup only, and that is the jail's own.")
                        .in(Group.CGROUP),
                Option.list(
                                CGROUP_OPT,
                                Form.TEXT,
                                "FILE=TEXT or FILE:TEXT, a file of the directories of cgroup and what is written into it,"
                                        + " for instance memory.limit_in_bytes=64M; in those of the hierarchy that has such"
                                        + " files.")
                        .in(Group.CGROUP),
                Option.once(
                                CGROUP_DIR_MODE,
                                Form.OCTAL,
                                "700",
                                "The permissions of directories of cgroup that are made.")
                        .in(Group.CGROUP));
    }

    static boolean has(String key) {
        return switch (key) {
            case MEMORY_MAX,
                    MEMORY_HIGH,
                    MEMORY_SWAP_MAX,
                    MEMORY_OOM_GROUP,
                    CPU_MAX,
                    CPU_WEIGHT,
                    CPUSET_CPUS,
                    CPUSET_MEMS,
                    IO_MAX,
                    IO_WEIGHT,
                    CGROUP,
                    CGROUP_OPT,
                    CGROUP_DIR_MODE -> true;
            default -> false;
        };
    }

    private static Option limit(String key, String meaning) {
        return Option.once(key, Form.TEXT, "", meaning).in(Group.LIMITS);
    }
}
