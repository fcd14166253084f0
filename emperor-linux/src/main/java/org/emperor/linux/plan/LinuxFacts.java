package org.emperor.linux.plan;

import java.util.Map;
import org.emperor.jail.HostFacts;

/**
 * The facts of a Linux host that plans depend on, typed.
 *
 * @param cgroup2 directory of the cgroup v2 tree that this process is in, empty if none is mounted
 * @param cgroup2Pids whether that tree has the pids controller
 * @param cgroup1Pids directory of the v1 pids hierarchy that this process is in, empty if none
 * @param nofileHard the hard limit of open files
 * @param capLast the highest capability number this kernel knows
 */
public record LinuxFacts(
        Arch arch,
        String kernel,
        boolean root,
        boolean clone3,
        boolean intoCgroup,
        String cgroup2,
        boolean cgroup2Pids,
        String cgroup1Pids,
        long nofileHard,
        int capLast) {

    public HostFacts toFacts() {
        return new HostFacts(
                "linux",
                Map.of(
                        "arch", arch.toString(),
                        "kernel", kernel,
                        "root", yes(root),
                        "clone3", yes(clone3),
                        "into-cgroup", yes(intoCgroup),
                        "cgroup2", cgroup2,
                        "cgroup2-pids", yes(cgroup2Pids),
                        "cgroup1-pids", cgroup1Pids,
                        "nofile-hard", Long.toString(nofileHard),
                        "cap-last", Integer.toString(capLast)));
    }

    public static LinuxFacts of(HostFacts facts) {
        return new LinuxFacts(
                Arch.of(facts.text("arch")),
                facts.text("kernel"),
                facts.has("root"),
                facts.has("clone3"),
                facts.has("into-cgroup"),
                facts.text("cgroup2"),
                facts.has("cgroup2-pids"),
                facts.text("cgroup1-pids"),
                Long.parseLong(facts.text("nofile-hard")),
                Integer.parseInt(facts.text("cap-last")));
    }

    /** A current host with one cgroup v2 tree, as most are. */
    public static LinuxFacts usual() {
        return new LinuxFacts(Arch.X86_64, "6.1", true, true, true, "/sys/fs/cgroup", true, "", 524288, 40);
    }

    public LinuxFacts withoutCgroup2() {
        return with(clone3, intoCgroup, "", false, cgroup1Pids);
    }

    public LinuxFacts withoutCgroup2Pids() {
        return with(clone3, intoCgroup, cgroup2, false, cgroup1Pids);
    }

    public LinuxFacts withoutCgroup1Pids() {
        return with(clone3, intoCgroup, cgroup2, cgroup2Pids, "");
    }

    public LinuxFacts withoutClone3() {
        return with(false, false, cgroup2, cgroup2Pids, cgroup1Pids);
    }

    public LinuxFacts withoutIntoCgroup() {
        return with(clone3, false, cgroup2, cgroup2Pids, cgroup1Pids);
    }

    private LinuxFacts with(boolean clone3, boolean into, String cgroup2, boolean pids2, String cgroup1Pids) {
        return new LinuxFacts(arch, kernel, root, clone3, into, cgroup2, pids2, cgroup1Pids, nofileHard, capLast);
    }

    private static String yes(boolean fact) {
        return fact ? "yes" : "no";
    }
}
