package org.emperor.dist;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A jail as the kernel shows it to a program inside, whoever made it: read from what {@link #SCRIPT} prints.
 *
 * @param status lines of proc_pid_status(5)
 * @param mounts the topmost mount on each mount point
 * @param limits hard limits as proc_pid_limits(5) prints them
 * @param namespaces the inode of each
 */
record JailView(
        Map<String, String> status,
        Map<String, Mount> mounts,
        Map<String, String> limits,
        Map<String, String> namespaces) {
    /** What is to be run in the jail by a shell. */
    static final String SCRIPT = "cat /proc/self/status /proc/self/mountinfo /proc/self/limits;"
            + " cd /proc/self/ns; readlink mnt net ipc uts pid user cgroup; echo end-of-view";

    static final String END = "end-of-view";

    private static final int LIMIT_NAME = 26; // the width of the column, fs/proc/base.c

    /** @param options of the mount, with the file system's own "ro" */
    record Mount(Set<String> options, String type) {
        boolean isWritable() {
            return !options.contains("ro");
        }
    }

    static JailView parse(List<String> lines) {
        JailView view = new JailView(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (String line : lines) {
            if (line.matches("[a-z]+:\\[[0-9]+\\]")) {
                view.namespaces.put(line.substring(0, line.indexOf(':')), line);
            } else if (line.startsWith("Max ")) {
                String[] numbers = line.substring(LIMIT_NAME).strip().split(" +", -1);
                view.limits.put(line.substring(0, LIMIT_NAME).strip(), numbers[1]);
            } else if (line.contains(" - ")) {
                view.mount(line.split(" ", -1));
            } else if (line.contains(":\t")) {
                view.status.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf('\t') + 1));
            }
        }
        return view;
    }

    private void mount(String[] fields) {
        Set<String> options = new TreeSet<>(List.of(fields[5].split(",", -1)));
        int dash = List.of(fields).indexOf("-");
        if (List.of(fields[dash + 3].split(",", -1)).contains("ro")) {
            options.add("ro");
        }
        mounts.keySet().removeIf(place -> place.startsWith(fields[4] + "/")); // hidden from now on
        mounts.put(fields[4], new Mount(options, fields[dash + 1]));
    }

    /** A set of capabilities, by its name in status. */
    long capabilities(String set) {
        return Long.parseUnsignedLong(status.get(set).strip(), 16);
    }

    int number(String field) {
        return Integer.parseInt(status.get(field).strip());
    }

    /** The mount that a path lies on. */
    Mount mountOf(String path) {
        String place = path;
        while (!mounts.containsKey(place)) {
            int slash = place.lastIndexOf('/');
            place = slash <= 0 ? "/" : place.substring(0, slash);
        }
        return mounts.get(place);
    }
}
