package org.emperor.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emperor.jail.PlanRefusal;
import org.emperor.linux.plan.KernelResources;
import org.emperor.linux.sys.HostFiles;
import org.emperor.spec.Resource;
import org.emperor.spec.ResourceLimit;

/** What {@code /proc} tells of a process; of which one, only a pidfd held meanwhile can say. */
final class ProcessText {
    private static final int SOFT = 26;
    private static final int HARD = 47;
    private static final int COLUMN = 20;

    private final HostFiles files;
    private final String directory;

    ProcessText(HostFiles files, long pid) {
        this.files = files;
        this.directory = "/proc/" + pid + "/";
    }

    String path(String name) {
        return directory + name;
    }

    String whole(String name) {
        return files.readWhole(path(name));
    }

    long parent() {
        return Long.parseLong(status("PPid"));
    }

    /** A line of its status. */
    String status(String field) {
        return whole("status")
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new PlanRefusal(path("status") + " tells no " + field));
    }

    long capabilities(String set) {
        return Long.parseUnsignedLong(status(set), 16);
    }

    String[] arguments() {
        return whole("cmdline").split("\0", -1);
    }

    /** The variables it was started with. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String assignment : whole("environ").split("\0", -1)) {
            int equals = assignment.indexOf('=');
            if (equals > 0) {
                environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            }
        }
        return environment;
    }

    /** In its user namespace, by one of its maps: root if that has one, and otherwise the first there is. */
    long firstId(String map) {
        return map(map).stream()
                .mapToLong(range -> range[0])
                .min()
                .orElseThrow(() -> new PlanRefusal(path(map) + " is empty"));
    }

    /** The host's id of a user inside. */
    int hostUser(int uid) {
        for (long[] range : map("uid_map")) {
            long within = uid - range[0];
            if (within >= 0 && within < range[2]) {
                return (int) (range[1] + within);
            }
        }
        throw new PlanRefusal("its user namespace has no user " + uid);
    }

    /** First id inside, first id outside, and how many. */
    private List<long[]> map(String map) {
        return whole(map)
                .lines()
                .map(line -> line.strip().split(" +", -1))
                .map(words -> new long[] {Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])})
                .toList();
    }

    /**
     * All of {@link KernelResources}. Of another user's process prlimit(2) tells them only to who has CAP_SYS_RESOURCE; the
     * file has them in the same order (proc_pid_limits(5)).
     */
    List<ResourceLimit> limits() {
        List<String> lines = whole("limits").lines().skip(1).toList();
        List<ResourceLimit> limits = new ArrayList<>();
        for (Resource resource : KernelResources.all()) {
            String line = lines.get(limits.size());
            limits.add(new ResourceLimit(resource, limit(line, SOFT), limit(line, HARD)));
        }
        return limits;
    }

    private static long limit(String line, int column) {
        String number = line.substring(column, column + COLUMN).strip();
        return number.equals("unlimited") ? ResourceLimit.UNLIMITED : Long.parseLong(number);
    }
}
