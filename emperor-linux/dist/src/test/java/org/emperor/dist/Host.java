package org.emperor.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What this machine's kernel says about processes, cgroups and mounts, whatever the emperor claims. */
final class Host {
    private static final Path PROC = Path.of("/proc");
    private static final int FLAGS = 6; // counted from the state, which follows the name
    private static final long EXITING = 4;

    private Host() {}

    /** The ids of all processes that fit. */
    static List<Integer> processes(Predicate<Integer> wanted) {
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Integer::valueOf)
                    .filter(wanted)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether there is such a process that may still run anything: a cgroup is empty, and its jail gone, when the last one
     * is on its way out (PF_EXITING, the flags of proc_pid_stat(5)), a moment before it is a zombie.
     */
    static boolean isAlive(int pid) {
        String stat = text(pid, "stat");
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return afterName.length > FLAGS && (Long.parseLong(afterName[FLAGS]) & EXITING) == 0;
    }

    /** A line of {@code /proc/PID/status}. */
    static Optional<String> field(int pid, String name) {
        return text(pid, "status")
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    static int parent(int pid) {
        return Integer.parseInt(field(pid, "PPid").orElseThrow());
    }

    static List<String> arguments(int pid) {
        return List.of(text(pid, "cmdline").split("\0", -1));
    }

    /** A file of the process in {@code /proc}; empty if there is none. */
    static String text(int pid, String file) {
        try {
            return Files.readString(PROC.resolve(pid + "/" + file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** A file of a cgroup; empty if there is none. */
    static String file(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException gone) {
            return "";
        }
    }

    /** Where a link of the process in {@code /proc} leads; empty if there is none. */
    static String link(int pid, String file) {
        try {
            return Files.readSymbolicLink(PROC.resolve(pid + "/" + file)).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    static int descriptors(int pid) {
        return entries(PROC.resolve(pid + "/fd")).size();
    }

    /** How many of its descriptors hold a network namespace. */
    static long networks(int pid) {
        return entries(PROC.resolve(pid + "/fd")).stream()
                .filter(fd -> link(pid, "fd/" + fd.getFileName()).startsWith("net:"))
                .count();
    }

    static int threads(int pid) {
        return entries(PROC.resolve(pid + "/task")).size();
    }

    /** The processes whose program is this file, wherever they run now. */
    static List<Integer> running(Path program) {
        return processes(pid -> link(pid, "exe").startsWith(program.toString()));
    }

    /** Every cgroup directory of every hierarchy whose path fits. */
    static Set<String> cgroups(Predicate<String> wanted) {
        Set<String> found = new TreeSet<>();
        for (String line : mounts()) {
            String[] fields = line.split(" ", -1);
            if (line.contains(" - cgroup")) {
                collect(Path.of(fields[4]), wanted, found);
            }
        }
        return found;
    }

    private static void collect(Path directory, Predicate<String> wanted, Set<String> found) {
        for (Path entry : entries(directory)) {
            if (Files.isDirectory(entry)) {
                if (wanted.test(entry.toString())) {
                    found.add(entry.toString());
                }
                collect(entry, wanted, found);
            }
        }
    }

    /** This process's mounts, as it sees the host. */
    static List<String> mounts() {
        return text((int) ProcessHandle.current().pid(), "mountinfo").lines().toList();
    }

    static String hostname() {
        return text(1, "../sys/kernel/hostname").strip();
    }

    static void signal(String signal, List<Integer> pids) {
        List<String> words = new ArrayList<>(List.of("kill", "-s", signal));
        pids.forEach(pid -> words.add(pid.toString()));
        run(words);
    }

    static void signal(String signal, int pid) {
        signal(signal, List.of(pid));
    }

    /** Runs a program to its end, which must be a good one; what it said. */
    static String run(List<String> words) {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.PIPE)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(words + " ended with " + process.exitValue() + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> entries(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException | UncheckedIOException gone) {
            return List.of();
        }
    }
}
