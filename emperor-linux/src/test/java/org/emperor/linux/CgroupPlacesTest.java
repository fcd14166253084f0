package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.emperor.jail.PlanRefusal;
import org.junit.jupiter.api.Test;

class CgroupPlacesTest {
    private static final String HYBRID = """
            25 20 0:21 / /proc rw - proc proc rw
            30 20 0:26 / /sys/fs/cgroup/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw
            31 20 0:27 /box /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
            33 20 0:29 / /sys/fs/cgroup/odd\\040place rw - cgroup cgroup rw,freezer
            32 20 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
            """;

    @Test
    void everyCgroupThatIsNotOursIsFoundWhereItIsMounted() {
        CgroupPlaces places = new CgroupPlaces(HYBRID, "3:pids:/box\n2:cpu,cpuacct:/\n0::/user\n");

        assertEquals(
                Set.of("/sys/fs/cgroup/unified/emperor.1/web.1", "/sys/fs/cgroup/pids/emperor.1/web.1"),
                Set.copyOf(places.of("3:pids:/box/emperor.1/web.1\n2:cpu,cpuacct:/\n0::/emperor.1/web.1\n")));
    }

    @Test
    void escapedMountPointIsADirectoryLikeOthers() {
        CgroupPlaces places = new CgroupPlaces(HYBRID, "0::/user\n");

        assertEquals(List.of("/sys/fs/cgroup/odd place/web.1"), places.of("5:freezer:/web.1\n"));
    }

    @Test
    void cgroupThatIsNotMountedHereIsRefused() {
        CgroupPlaces places = new CgroupPlaces(HYBRID, "0::/user\n");

        assertThrows(PlanRefusal.class, () -> places.of("3:pids:/boxer/web.1\n"), "beside what is mounted");

        assertThrows(PlanRefusal.class, () -> places.of("3:pids:/elsewhere/web.1\n"));
        assertThrows(PlanRefusal.class, () -> places.of("4:memory:/web.1\n"));
        assertEquals(List.of(), places.of("0::/user\n"));
    }
}
