package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * One limit in the words of both versions of cgroups.
 *
 * @param key the key of the vassal file that sets it
 * @param unified the files of v2
 * @param legacy the files of v1; none if that has no equal
 * @param eitherDoes whether one of the files is enough, because kernels differ in which of them they have
 */
record CgroupLimit(
        String key, Controller controller, List<CgroupFile> unified, List<CgroupFile> legacy, boolean eitherDoes) {

    static CgroupLimit of(String key, Controller controller, List<CgroupFile> unified, List<CgroupFile> legacy) {
        return new CgroupLimit(key, controller, unified, legacy, false);
    }

    /** The same in both versions. */
    static CgroupLimit of(String key, Controller controller, CgroupFile file) {
        return of(key, controller, List.of(file), List.of(file));
    }

    /** What is written on this host, whose controller is of that version. */
    List<CgroupFile> files(Cgroups host) {
        List<CgroupFile> files = host.control(controller).by() == Control.By.LEGACY ? legacy : unified;
        if (!eitherDoes) {
            return files;
        }
        List<CgroupFile> there = new ArrayList<>();
        for (CgroupFile file : files) {
            if (host.has(file.name())) {
                there.add(file);
            }
        }
        return there.isEmpty() ? files : there;
    }
}
