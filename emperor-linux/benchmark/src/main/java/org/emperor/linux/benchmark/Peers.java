package org.emperor.linux.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command lines of other programs that make jails, where they are installed and can make one of that shape. */
final class Peers {
    private static final Map<String, String> OCI_NAMES =
            Map.of("fs", "mount", "net", "network", "ipc", "ipc", "uts", "uts", "pid", "pid");

    private final Programs programs;
    private final Path scratch;

    Peers(Programs programs, Path scratch) {
        this.programs = programs;
        this.scratch = scratch;
    }

    /** bwrap has a mount namespace and changes its root always. */
    Optional<List<String>> bwrap(Shape shape, Path root) {
        if (!shape.has("fs")) {
            return Optional.empty();
        }
        return Programs.installed("bwrap").map(bwrap -> {
            List<String> command = new ArrayList<>(List.of(bwrap.toString()));
            for (String namespace : List.of("net", "ipc", "uts", "pid")) {
                if (shape.has(namespace)) {
                    command.add("--unshare-" + namespace);
                }
            }
            command.addAll(List.of("--bind", shape.hasRoot() ? root.toString() : "/", "/", "--proc", "/proc"));
            command.add(shape.hasRoot() ? "/no-op" : programs.noOp().toString());
            return command;
        });
    }

    /**
     * crun needs a root directory, in a bundle with a configuration; no cgroup, seccomp or capabilities are asked for. It
     * refuses to start where a v1 host has a v2 tree with controllers in it, so on such a host it does not see that tree.
     */
    Optional<List<String>> crun(Shape shape, Path root) throws IOException {
        Optional<Path> crun = Programs.installed("crun");
        if (!shape.hasRoot() || crun.isEmpty()) {
            return Optional.empty();
        }
        Path bundle = Files.createDirectories(scratch.resolve("bundle"));
        Files.writeString(bundle.resolve("config.json"), configuration(shape, root));
        List<String> command = List.of(
                crun.get().toString(),
                "--root=" + Files.createDirectories(scratch.resolve("crun")),
                "--cgroup-manager=disabled",
                "run",
                "--bundle=" + bundle,
                "emperor-benchmark-" + ProcessHandle.current().pid());
        return Optional.of(command);
    }

    /** Puts a driver in front of crun into such a mount namespace, once and outside of what is measured. */
    static List<String> withoutHybridCgroups(List<String> driver) {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c"));
        command.addAll(List.of("umount -l /sys/fs/cgroup/unified 2>/dev/null; exec \"$@\"", "sh"));
        command.addAll(driver);
        return command;
    }

    static String configuration(Shape shape, Path root) {
        String namespaces = List.of(shape.namespaces().split(",", -1)).stream()
                .map(word -> "{\"type\": \"" + OCI_NAMES.get(word) + "\"}")
                .collect(Collectors.joining(", "));
        return """
                {
                  "ociVersion": "1.0.0",
                  "process": {"terminal": false, "user": {"uid": 0, "gid": 0}, "args": ["/no-op"], "env": [], "cwd": "/"},
                  "root": {"path": "%s"},
                  "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"}],
                  "linux": {"namespaces": [%s]}
                }
                """.formatted(root, namespaces);
    }
}
