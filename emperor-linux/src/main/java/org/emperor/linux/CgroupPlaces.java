package org.emperor.linux;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emperor.jail.PlanRefusal;

/** The directories of a process's cgroups, of both versions, that are not this process's own. */
final class CgroupPlaces {
    private final CgroupMounts mounts;
    private final Map<String, String> own;

    /**
     * @param mountinfo of {@code /proc/self}
     * @param own the {@code cgroup} file of {@code /proc/self}
     */
    CgroupPlaces(String mountinfo, String own) {
        this.mounts = new CgroupMounts(mountinfo.lines().toList());
        this.own = CgroupMounts.cgroups(own.lines().toList());
    }

    /** @throws PlanRefusal if one of them is not to be seen here */
    List<String> of(String cgroups) {
        Set<String> places = new LinkedHashSet<>(); // controllers of one hierarchy have one directory
        CgroupMounts.cgroups(cgroups.lines().toList()).forEach((controller, path) -> {
            if (!path.equals(own.get(controller))) {
                places.add(directory(controller, path));
            }
        });
        return new ArrayList<>(places);
    }

    private String directory(String controller, String path) {
        return mounts.places(controller, path).stream()
                .findFirst()
                .map(CgroupMounts.Place::directory)
                .orElseThrow(
                        () -> new PlanRefusal("its cgroup " + path + " of \"" + controller + "\" is not mounted here"));
    }
}
