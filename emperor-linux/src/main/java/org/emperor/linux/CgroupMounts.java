package org.emperor.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a process sees cgroups of both versions, by its {@code mountinfo} (proc_pid_mountinfo(5)). */
final class CgroupMounts {
    /** In place of a controller: v2 names none. */
    static final String UNIFIED = "";

    private final Map<String, List<Mount>> mounts = new HashMap<>();

    /** What is mounted may be a part of the tree, as in a container that shares its host's cgroup namespace. */
    private record Mount(String root, String point) {}

    /**
     * A directory of a cgroup.
     *
     * @param point where its hierarchy is mounted
     */
    record Place(String point, String directory) {}

    CgroupMounts(List<String> mountinfo) {
        mountinfo.forEach(this::read);
    }

    /** Field 4 is the root within the file system, 5 the mount point, both escaped; of v1 the options name the controllers. */
    private void read(String line) {
        int dash = line.indexOf(" - cgroup");
        if (dash < 0) {
            return;
        }
        String[] mount = line.substring(0, dash).split(" ", -1);
        String[] system = line.substring(dash + 3).split(" ", -1);
        if (mount.length < 5 || system.length < 3) {
            return;
        }
        Mount found = new Mount(unescaped(mount[3]), unescaped(mount[4]));
        boolean unified = system[0].equals("cgroup2");
        for (String controller : unified ? List.of(UNIFIED) : List.of(system[2].split(",", -1))) {
            mounts.computeIfAbsent(controller, key -> new ArrayList<>()).add(found);
        }
    }

    /** Where this cgroup of a controller's hierarchy is to be seen, in the order of the mounts, if it is there. */
    List<Place> places(String controller, String cgroup) {
        List<Place> places = new ArrayList<>();
        for (Mount mount : mounts.getOrDefault(controller, List.of())) {
            String above = mount.root().equals("/") ? "" : mount.root();
            if (cgroup.equals(above) || cgroup.startsWith(above + "/")) {
                String below = cgroup.substring(above.length());
                places.add(new Place(mount.point(), mount.point() + (below.equals("/") ? "" : below)));
            }
        }
        return places;
    }

    /** The cgroup of each controller, from lines of {@code /proc/PID/cgroup}: {@code number:controllers:path} (cgroups(7)). */
    static Map<String, String> cgroups(List<String> lines) {
        Map<String, String> paths = new HashMap<>();
        for (String line : lines) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3) {
                for (String controller : fields[1].split(",", -1)) {
                    paths.put(controller, fields[2]);
                }
            }
        }
        return paths;
    }

    /** Blanks, line ends and backslashes are written as three octal digits. */
    private static String unescaped(String field) {
        return field.indexOf('\\') < 0
                ? field
                : Pattern.compile("\\\\([0-7]{3})") // hardly ever, and not at every start
                        .matcher(field)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 8))));
    }
}
