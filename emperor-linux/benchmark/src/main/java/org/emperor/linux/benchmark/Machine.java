package org.emperor.linux.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** On what the numbers were measured. */
final class Machine {
    private Machine() {}

    static String facts(Path scratch, String load) throws IOException {
        return String.join(
                "\n",
                "| machine | |",
                "| --- | --- |",
                row("date", LocalDate.now(ZoneOffset.UTC).toString()),
                row(
                        "processor",
                        Runtime.getRuntime().availableProcessors() + " × " + field("/proc/cpuinfo", "model name")),
                row("memory", field("/proc/meminfo", "MemTotal")),
                row(
                        "kernel",
                        Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip()),
                row("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version")),
                row("cgroup", cgroups()),
                row("state directory", Files.getFileStore(scratch).type()),
                row(
                        "peers",
                        Programs.installed("bwrap").map(p -> "bwrap").orElse("no bwrap") + ", "
                                + Programs.installed("crun").map(p -> "crun").orElse("no crun")),
                row("load before", load),
                "");
    }

    /** The load averages: others at work are in every number. */
    static String load() throws IOException {
        String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
        return String.join(" ", List.of(words).subList(0, 3));
    }

    private static String row(String what, String value) {
        return "| " + what + " | " + value + " |";
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String cgroups() {
        if (Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"))) {
            return "v2";
        }
        return Files.exists(Path.of("/sys/fs/cgroup/unified")) ? "v1 and v2 (hybrid)" : "v1 or none";
    }
}
