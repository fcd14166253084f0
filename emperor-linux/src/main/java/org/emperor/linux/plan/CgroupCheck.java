package org.emperor.linux.plan;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.emperor.spec.VassalSpec;

/** What the cgroups of this host can never do of a spec. */
final class CgroupCheck {
    private final HostCheck check;
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final Cgroups host;
    private final JailSettings jail;
    private final Set<String> taken = new HashSet<>();

    CgroupCheck(HostCheck check, VassalSpec spec, LinuxFacts facts, JailSettings jail) {
        this.check = check;
        this.spec = spec;
        this.facts = facts;
        this.host = facts.cgroups();
        this.jail = jail;
    }

    void run() {
        for (CgroupLimit limit : CgroupPart.limits(spec, facts, jail)) {
            limit(limit);
        }
        jail.cgroups().ifPresent(this::shared);
    }

    private void limit(CgroupLimit limit) {
        Control control = host.control(limit.controller());
        List<CgroupFile> files = limit.files(host);
        if (control.by() == Control.By.NONE) {
            refuse(limit, control.text(), "remove it, or give the emperor a cgroup with that controller");
        } else if (files.isEmpty()) {
            withoutEqual(limit);
        } else {
            files.stream()
                    .filter(file -> !host.has(file.name()))
                    .findFirst()
                    .ifPresent(file -> refuse(limit, "the cgroups of this kernel have no " + file.name(), "remove it"));
        }
        if (limit.controller() == Controller.CPUSET) {
            set(limit, files.get(0));
        }
        if (control.by() == Control.By.LEGACY) {
            taken.add(mount(control.text(), host.hierarchies()).orElse(""));
        }
    }

    private void withoutEqual(CgroupLimit limit) {
        if (limit.key().equals(CgroupOptions.MEMORY_SWAP_MAX)) {
            refuse(limit, "cgroup v1, as on this host, limits memory and swap together", "give memory-max beside it");
        } else {
            refuse(limit, "cgroup v1, which has that controller on this host, has no equal", "remove it");
        }
    }

    /** v2 would take what is not there, and let the program run anywhere. */
    private void set(CgroupLimit limit, CgroupFile file) {
        boolean processors = limit.key().equals(CgroupOptions.CPUSET_CPUS);
        String own = processors ? host.cpus() : host.nodes();
        Optional<BitSet> wanted = CpuList.parse(file.text());
        Optional<BitSet> there = CpuList.parse(own);
        if (wanted.isEmpty() || there.isEmpty()) {
            return;
        }
        wanted.get().andNot(there.get());
        if (!wanted.get().isEmpty()) {
            String what = processors ? "processor " : "memory node ";
            check.problem(
                    limit.key(), "this emperor has no " + what + wanted.get().nextSetBit(0), "it has " + own);
        }
    }

    private void refuse(CgroupLimit limit, String why, String remedy) {
        check.problem(limit.key(), "cannot be enforced: " + why, remedy);
    }

    private void shared(CgroupSettings settings) {
        for (String directory : settings.shared()) {
            shared(directory);
        }
        for (CgroupFile file : settings.sharedFiles()) {
            if (settings.shared().stream().noneMatch(directory -> isIn(directory, file, host))) {
                check.problem(
                        CgroupOptions.CGROUP_OPT,
                        "no directory of cgroup has a file " + file.name(),
                        "give one in its hierarchy, or remove it");
            }
        }
    }

    private void shared(String directory) {
        Optional<String> mount = mount(directory, host.hierarchies());
        if (!facts.root()) {
            check.problem(CgroupOptions.CGROUP, "needs an emperor that runs as root", HostCheck.AS_ROOT);
        } else if (mount.isEmpty() || mount.get().equals(directory)) {
            boolean none = host.hierarchies().isEmpty();
            check.problem(
                    CgroupOptions.CGROUP,
                    directory + " lies in no cgroup v1 hierarchy of this host",
                    none ? "write memory-max, cpu-max and their like" : "these are " + mounts());
        } else if (!taken.add(mount.get())) {
            check.problem(
                    CgroupOptions.CGROUP,
                    "another limit puts the jail into " + mount.get() + " already",
                    "a process is in one directory of a hierarchy; keep one of them");
        }
    }

    private String mounts() {
        return String.join(" ", new java.util.TreeSet<>(host.hierarchies().values()));
    }

    /** Where the hierarchy is mounted that the directory lies in. */
    private static Optional<String> mount(String directory, SortedMap<String, String> hierarchies) {
        String longest = "";
        for (String mount : hierarchies.values()) {
            if ((directory + "/").startsWith(mount + "/") && mount.length() > longest.length()) {
                longest = mount;
            }
        }
        return longest.isEmpty() ? Optional.empty() : Optional.of(longest);
    }

    /** Whether the directory's hierarchy has such files: they are named after their controller, or after cgroups. */
    static boolean isIn(String directory, CgroupFile file, Cgroups host) {
        String controller = file.name().substring(0, file.name().indexOf('.'));
        Optional<String> mount = mount(directory, host.hierarchies());
        return controller.equals("cgroup")
                || host.hierarchies().entrySet().stream()
                        .filter(entry -> mount.filter(entry.getValue()::equals).isPresent())
                        .map(Map.Entry::getKey)
                        .anyMatch(controller::equals);
    }
}
