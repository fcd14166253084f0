package org.emperor.linux;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Processes;

/**
 * What an earlier emperor on the same state directory left outside cgroups: jail-inits, known by their arguments, and the
 * files of incarnations.
 */
final class Leftovers {
    private static final List<String> FILES = List.of(".fifo", ".exit", ".restraints");

    private final Processes processes;
    private final String realmId;

    Leftovers(Kernel kernel, String realmId) {
        this.processes = new Processes(kernel);
        this.realmId = realmId;
    }

    /** Kills the jail-inits of this realm; the names of their incarnations. A jail's init takes the jail with it. */
    List<String> endJailInits() {
        List<String> ended = new ArrayList<>();
        String[] entries = new File("/proc").list((directory, name) -> name.matches("[0-9]+"));
        for (String entry : entries == null ? new String[0] : entries) {
            String[] arguments = arguments(entry);
            if (isOurs(arguments) && processes.killStranger(Integer.parseInt(entry), () -> isOurs(arguments(entry)))) {
                ended.add(arguments[2]);
            }
        }
        return ended;
    }

    private boolean isOurs(String[] arguments) {
        return arguments.length >= 3 && arguments[0].equals("jail-init") && arguments[1].equals(realmId);
    }

    private static String[] arguments(String pid) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", pid, "cmdline"));
            return new String(bytes, StandardCharsets.UTF_8).split("\0", -1);
        } catch (IOException e) {
            return new String[0]; // it ended meanwhile, or belongs to somebody who hides it
        }
    }

    /** Removes FIFOs, exit records and restraints. */
    static void removeFiles(Path vassals) throws IOException {
        List<Path> old;
        try (Stream<Path> files = Files.list(vassals)) {
            old = files.filter(file -> FILES.stream().anyMatch(file.toString()::endsWith))
                    .toList();
        }
        for (Path file : old) {
            Files.deleteIfExists(file);
        }
    }
}
