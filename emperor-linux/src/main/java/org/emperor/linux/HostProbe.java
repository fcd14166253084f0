package org.emperor.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emperor.linux.plan.Arch;
import org.emperor.linux.plan.LinuxFacts;

/** Finds out about this host by reading files only; what only trying can tell is corrected at {@link LinuxHost#open}. */
final class HostProbe {
    private static final Path PROC = Path.of("/proc");

    private HostProbe() {}

    static LinuxFacts probe() {
        String kernel = line(PROC.resolve("sys/kernel/osrelease"));
        String cgroup2 = cgroup("cgroup2", "", "0::");
        return new LinuxFacts(
                Arch.of(System.getProperty("os.arch")),
                kernel,
                uid() == 0,
                isSince(kernel, 5, 5),
                isSince(kernel, 5, 7),
                cgroup2,
                !cgroup2.isEmpty()
                        && List.of(words(Path.of(cgroup2, "cgroup.controllers")))
                                .contains("pids"),
                cgroup("cgroup", "pids", ":pids:"),
                openFilesHard(),
                Integer.parseInt(line(PROC.resolve("sys/kernel/cap_last_cap"))));
    }

    static int uid() {
        try {
            return (Integer) Files.getAttribute(PROC.resolve("self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSince(String kernel, int major, int minor) {
        String[] parts = kernel.split("[.-]", -1);
        int ours = Integer.parseInt(parts[0]);
        return ours > major || (ours == major && Integer.parseInt(parts[1]) >= minor);
    }

    /** The directory of our own cgroup in the tree of that type whose v1 controllers include the word. */
    private static String cgroup(String type, String controller, String membership) {
        Optional<String> mount = lines(PROC.resolve("self/mountinfo")).stream()
                .filter(line -> isCgroupMount(line, type, controller))
                .map(line -> line.split(" ", -1)[4])
                .findFirst();
        Optional<String> own = lines(PROC.resolve("self/cgroup")).stream()
                .filter(line -> line.contains(membership))
                .map(line -> line.substring(line.indexOf('/')))
                .findFirst();
        if (mount.isEmpty() || own.isEmpty()) {
            return "";
        }
        String path = own.get().equals("/") ? mount.get() : mount.get() + own.get();
        return Files.isDirectory(Path.of(path)) ? path : "";
    }

    private static boolean isCgroupMount(String line, String type, String controller) {
        String[] halves = line.split(" - ", 2);
        String[] after = halves[1].split(" ", -1);
        return after[0].equals(type)
                && (controller.isEmpty() || List.of(after[2].split(",", -1)).contains(controller));
    }

    private static long openFilesHard() {
        return lines(PROC.resolve("self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split(" +", -1)[4])
                .mapToLong(text -> text.equals("unlimited") ? Integer.MAX_VALUE : Long.parseLong(text))
                .findFirst()
                .orElse(1024);
    }

    private static String[] words(Path file) {
        return line(file).split(" ", -1);
    }

    private static String line(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() ? "" : lines.get(0);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
