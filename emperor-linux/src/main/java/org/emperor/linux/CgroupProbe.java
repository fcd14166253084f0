package org.emperor.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.emperor.linux.plan.Cgroups;
import org.emperor.linux.plan.Control;
import org.emperor.linux.plan.Controller;

/** Finds out by reading which cgroups this process is in and what they can limit; {@link CgroupTree} then tries. */
final class CgroupProbe {
    /** Files of v1 that a kernel may lack, and what is there with them in the root, which has no weights. */
    private static final Map<String, String> OPTIONAL = Map.of(
            "memory.memsw.limit_in_bytes", "memory.memsw.limit_in_bytes",
            "cpu.cfs_quota_us", "cpu.cfs_quota_us",
            "blkio.throttle.read_bps_device", "blkio.throttle.read_bps_device",
            "blkio.bfq.weight", "blkio.bfq.io_serviced");

    private final Path proc;
    private final Map<String, String> own = new HashMap<>();
    private final SortedMap<String, String> hierarchies = new TreeMap<>();
    private String top = "";

    CgroupProbe(Path proc) {
        this.proc = proc;
    }

    Cgroups cgroups() {
        CgroupMounts mounts = new CgroupMounts(HostProbe.lines(proc.resolve("self/mountinfo")));
        CgroupMounts.cgroups(HostProbe.lines(proc.resolve("self/cgroup")))
                .forEach((controller, cgroup) -> mounts.places(controller, cgroup).stream()
                        .filter(place -> Files.isDirectory(Path.of(place.directory())))
                        .findFirst()
                        .ifPresent(place -> know(controller, place)));
        String found = own.getOrDefault(CgroupMounts.UNIFIED, "");
        String tree = !found.isEmpty() && Files.isWritable(Path.of(found)) ? found : "";
        String cpuset = own.getOrDefault("cpuset", found);
        return new Cgroups(
                tree,
                controls(found),
                lacking(),
                first(cpuset, "cpuset.cpus.effective", "cpuset.effective_cpus"),
                first(cpuset, "cpuset.mems.effective", "cpuset.effective_mems"),
                hierarchies);
    }

    private void know(String controller, CgroupMounts.Place place) {
        own.put(controller, place.directory());
        if (controller.equals(CgroupMounts.UNIFIED)) {
            top = place.point();
        } else {
            hierarchies.put(controller, place.point());
        }
    }

    private Map<Controller, Control> controls(String tree) {
        Map<Controller, Control> controls = new EnumMap<>(Controller.class);
        List<String> unified = tree.isEmpty() ? List.of() : controllers(tree);
        for (Controller controller : Controller.values()) {
            controls.put(controller, control(controller, tree, unified));
        }
        return controls;
    }

    private Control control(Controller controller, String tree, List<String> unified) {
        String legacy = own.getOrDefault(controller.legacyWord(), "");
        if (unified.contains(controller.word())) {
            return Files.isWritable(Path.of(tree)) ? Control.UNIFIED : Control.none(unwritable(tree));
        }
        if (!legacy.isEmpty()) {
            return Files.isWritable(Path.of(legacy)) ? Control.legacy(legacy) : Control.none(unwritable(legacy));
        }
        return Control.none(whyNot(controller, tree));
    }

    private static String unwritable(String directory) {
        return "the emperor may not make cgroups in " + directory;
    }

    private String whyNot(Controller controller, String tree) {
        boolean above = !top.isEmpty() && controllers(top).contains(controller.word());
        for (String line : HostProbe.lines(proc.resolve("cgroups"))) {
            String[] fields = line.split("\\s+", -1);
            if (fields.length == 4 && fields[0].equals(controller.legacyWord())) {
                if (fields[3].equals("0")) {
                    return "the " + controller.word() + " controller is switched off on this host (cgroup_disable)";
                }
                above |= fields[1].equals("0") && !tree.isEmpty();
            }
        }
        return above
                ? "the " + controller.word() + " controller is not delegated to the emperor's cgroup " + tree
                : "this host has no " + controller.word() + " controller, neither v2 nor v1";
    }

    private static List<String> controllers(String cgroup) {
        return List.of(
                HostProbe.firstLine(Path.of(cgroup, "cgroup.controllers")).split(" ", -1));
    }

    private Set<String> lacking() {
        Set<String> lacking = new TreeSet<>();
        OPTIONAL.forEach((file, sign) -> {
            String directory = own.getOrDefault(file.substring(0, file.indexOf('.')), "");
            if (!directory.isEmpty()
                    && !Files.exists(Path.of(directory, file))
                    && !Files.exists(Path.of(directory, sign))) {
                lacking.add(file);
            }
        });
        return lacking;
    }

    private static String first(String directory, String... files) {
        for (String file : files) {
            String line = directory.isEmpty() ? "" : HostProbe.firstLine(Path.of(directory, file));
            if (!line.isEmpty()) {
                return line;
            }
        }
        return "";
    }
}
