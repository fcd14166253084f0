package org.emperor.linux.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What {@code /proc} says of processes. */
final class Procfs {
    private static final Path PROC = Path.of("/proc");

    private Procfs() {}

    /** The processes whose arguments are as asked for. */
    static List<Long> processes(Predicate<List<String>> wanted) throws IOException {
        List<Long> found = new ArrayList<>();
        for (String entry : names(PROC)) {
            if (Character.isDigit(entry.charAt(0)) && wanted.test(arguments(entry))) {
                found.add(Long.valueOf(entry));
            }
        }
        return found;
    }

    private static List<String> arguments(String pid) {
        try {
            String text = Files.readString(PROC.resolve(pid).resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return List.of(text.split("\0", -1));
        } catch (IOException e) {
            return List.of(); // it has just ended
        }
    }

    static boolean isChild(long pid, long parent) {
        return ProcessHandle.of(pid)
                .flatMap(ProcessHandle::parent)
                .map(handle -> handle.pid() == parent)
                .orElse(false);
    }

    /** Its share of memory, proportional where shared, in KiB. */
    static long proportionalKibibytes(long pid) throws IOException {
        return Files.readAllLines(PROC.resolve(pid + "/smaps_rollup")).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.split(" +", -1)[1]))
                .sum();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
