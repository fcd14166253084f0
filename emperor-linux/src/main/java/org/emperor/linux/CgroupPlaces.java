package org.emperor.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emperor.jail.PlanRefusal;

/** Finds the directories of a process's cgroups, of both versions, by what the kernel tells of mounts and of this process. */
final class CgroupPlaces {
    private static final int MOUNTED_PART = 3;
    private static final int MOUNT_POINT = 4;

    private final Map<String, String[]> mounts = new HashMap<>();
    private final Map<String, String> own;

    /**
     * @param mountinfo of {@code /proc/self}
     * @param own the {@code cgroup} file of {@code /proc/self}
     */
    CgroupPlaces(String mountinfo, String own) {
        mountinfo.lines().forEach(this::mount);
        this.own = paths(own);
    }

    /** A hierarchy is known by its controllers: v2 has none in the process's file, v1 has them among the mount's options. */
    private void mount(String line) {
        int separator = line.indexOf(" - ");
        String[] file = line.substring(separator + 3).split(" ", -1);
        String[] place = line.substring(0, separator).split(" ", -1);
        if (file[0].equals("cgroup2")) {
            mounts.putIfAbsent("", place);
        } else if (file[0].equals("cgroup")) {
            for (String option : file[file.length - 1].split(",", -1)) {
                mounts.putIfAbsent(option, place);
            }
        }
    }

    private static Map<String, String> paths(String cgroups) {
        Map<String, String> paths = new HashMap<>();
        cgroups.lines().map(line -> line.split(":", 3)).forEach(fields -> paths.put(fields[1], fields[2]));
        return paths;
    }

    /** The directories of those cgroups that are not this process's own. */
    List<String> of(String cgroups) {
        List<String> places = new ArrayList<>();
        paths(cgroups).forEach((controllers, path) -> {
            if (!path.equals(own.get(controllers))) {
                places.add(directory(controllers, path));
            }
        });
        return places;
    }

    private String directory(String controllers, String path) {
        String first = controllers.split(",", -1)[0];
        String[] place = mounts.get(first);
        String part = place == null ? "" : place[MOUNTED_PART].equals("/") ? "" : place[MOUNTED_PART];
        if (place == null || !path.startsWith(part)) {
            throw new PlanRefusal("its cgroup " + path + " of \"" + controllers + "\" is not mounted here");
        }
        return place[MOUNT_POINT] + path.substring(part.length());
    }
}
