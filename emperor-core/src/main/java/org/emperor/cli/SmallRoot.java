package org.emperor.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A whole root directory of one static busybox, for a vassal that shall see nothing else. */
final class SmallRoot {
    private static final List<String> COMMANDS = List.of("sh", "cut", "hostname", "id", "ls", "sed", "sleep", "tr");

    private SmallRoot() {}

    static Optional<Path> busybox() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "busybox"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static void make(Path root, Path busybox, Path program) throws IOException {
        for (String directory : List.of("bin", "proc", "dev", ".old_root")) {
            Files.createDirectories(root.resolve(directory));
        }
        Files.copy(busybox, root.resolve("bin/busybox"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String command : COMMANDS) {
            Files.createSymbolicLink(root.resolve("bin").resolve(command), Path.of("busybox"));
        }
        Files.copy(program, root.resolve(program.getFileName()));
    }
}
