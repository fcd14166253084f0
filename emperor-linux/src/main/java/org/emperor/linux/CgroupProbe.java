package org.emperor.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final String UNIFIED = "";

    private final Path proc;
    private final Map<String, String> paths = new HashMap<>();
    private final Map<String, String> own = new HashMap<>();
    private final SortedMap<String, String> hierarchies = new TreeMap<>();
    private String top = "";

    CgroupProbe(Path proc) {
        this.proc = proc;
    }

    Cgroups cgroups() {
        HostProbe.lines(proc.resolve("self/cgroup")).forEach(this::readPath);
        HostProbe.lines(proc.resolve("self/mountinfo")).forEach(this::readMount);
        String found = own.getOrDefault(UNIFIED, "");
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

    /** Of {@code number:controllers:path}: v2 has number 0 and no controllers (cgroups(7)). */
    private void readPath(String line) {
        String[] fields = line.split(":", 3);
        if (fields.length == 3) {
            for (String controller : fields[1].split(",", -1)) {
                paths.put(controller, fields[2]);
            }
        }
    }

    /**
     * Field 4 is the root within the file system, 5 the mount point, both escaped (proc_pid_mountinfo(5)); of v1 the options
     * of the file system name the controllers.
     */
    private void readMount(String line) {
        int dash = line.indexOf(" - cgroup");
        if (dash < 0) {
            return;
        }
        String[] mount = line.substring(0, dash).split(" ", -1);
        String[] system = line.substring(dash + 3).split(" ", -1);
        if (mount.length < 5 || system.length < 3) {
            return;
        }
        boolean unified = system[0].equals("cgroup2");
        for (String controller : unified ? List.of(UNIFIED) : List.of(system[2].split(",", -1))) {
            String path = paths.get(controller);
            if (path != null) {
                readMount(controller, mount, path);
            }
        }
    }

    private void readMount(String controller, String[] mount, String path) {
        Optional<String> directory = directory(mount, path);
        if (directory.isPresent() && own.putIfAbsent(controller, directory.get()) == null) {
            String point = unescaped(mount[4]);
            if (controller.equals(UNIFIED)) {
                top = point;
            } else {
                hierarchies.put(controller, point);
            }
        }
    }

    /**
     * Where a mount shows a cgroup, if it does: what is mounted may be a part of the tree, as in a container that shares its
     * host's cgroup namespace.
     */
    private static Optional<String> directory(String[] fields, String cgroup) {
        String root = unescaped(fields[3]);
        String above = root.equals("/") ? "" : root;
        if (!cgroup.equals(above) && !cgroup.startsWith(above + "/")) {
            return Optional.empty();
        }
        String below = cgroup.substring(above.length());
        String path = unescaped(fields[4]) + (below.equals("/") ? "" : below);
        return Files.isDirectory(Path.of(path)) ? Optional.of(path) : Optional.empty();
    }

    /** Blanks, line ends and backslashes are written as three octal digits. */
    private static String unescaped(String field) {
        return field.indexOf('\\') < 0
                ? field
                : Pattern.compile("\\\\([0-7]{3})")
                        .matcher(field)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 8))));
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
