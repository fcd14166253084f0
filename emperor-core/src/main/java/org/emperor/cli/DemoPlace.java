package org.emperor.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The temporary directory of a demonstration: vassal files with this place's paths and ports, their programs, state, logs. */
final class DemoPlace implements AutoCloseable {
    /** What the example files name, and what stands for it here. */
    private static final String EXAMPLES = "/opt/emperor/examples";

    private static final String OWN_ROOT = "/srv/own-root";
    private static final String WEB_PORT = "8080";

    private final Path examples;
    private final Path place;
    private final int httpPort = freePort();
    private final int webPort = freePort();

    private DemoPlace(Path examples, Path place) {
        this.examples = examples;
        this.place = place;
    }

    /** @throws CommandFailure if the launcher did not say where the examples lie */
    static DemoPlace make() {
        String tree = System.getProperty("emperor.tree");
        if (tree == null || !Files.isDirectory(Path.of(tree, "examples"))) {
            throw new CommandFailure(
                    ExitCode.MISTAKE, "no examples in " + tree + "; start the demo with the emperor's own launcher");
        }
        String parent = System.getenv().getOrDefault("TMPDIR", "/tmp");
        try {
            // The vassals run as other users and must reach their programs; a temporary directory is closed to them.
            Path place = Files.createTempDirectory(Path.of(parent), "emperor-demo-");
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
            DemoPlace made = new DemoPlace(Path.of(tree, "examples"), place);
            Files.createDirectory(made.vassals());
            return made;
        } catch (IOException refused) {
            throw new CommandFailure(ExitCode.HOST_REFUSED, "cannot make a directory in " + parent + ": " + refused);
        }
    }

    Path vassals() {
        return place.resolve("vassals");
    }

    Path state() {
        return place.resolve("state");
    }

    Path socket() {
        return state().resolve("emperor.sock");
    }

    Path logs() {
        return place.resolve("log");
    }

    Path emperorLog() {
        return place.resolve("emperor.log");
    }

    int httpPort() {
        return httpPort;
    }

    /** Puts programs and vassal files in place. */
    void furnish() {
        try {
            List<Path> folders = entries(examples);
            for (Path folder : folders) {
                copy(folder, place.resolve("examples").resolve(folder.getFileName()));
            }
            Optional<Path> busybox = SmallRoot.busybox();
            if (busybox.isPresent()) {
                SmallRoot.make(place.resolve("own-root"), busybox.get(), examples.resolve("own-root/inside.sh"));
            } else {
                System.out.println("own-root is left out: no busybox; Debian: apt-get install busybox-static");
            }
            for (Path folder : folders) {
                if (busybox.isPresent() || !folder.endsWith("own-root")) {
                    publish(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String greeting() {
        return """

                The emperor reigns over its examples until Ctrl-C, and leaves nothing behind.

                  page      http://127.0.0.1:%1$d/
                  metrics   http://127.0.0.1:%1$d/metrics
                  web       http://127.0.0.1:%2$d/   what a jailed program sees
                  files     %3$s
                  logs      %4$s/*.log   %5$s

                """.formatted(httpPort, webPort, vassals(), logs(), emperorLog());
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + place, e);
        }
    }

    /** Writes the vassal file as editors do, whole or not at all. */
    private void publish(Path folder) throws IOException {
        String name = folder.getFileName() + ".ini";
        Path draft = place.resolve(name);
        Files.writeString(draft, atHome(Files.readString(folder.resolve(name))));
        Files.move(draft, vassals().resolve(name));
    }

    /** The port comes first: the place's own name may contain the same digits. */
    private String atHome(String vassalFile) {
        return vassalFile
                .replace(WEB_PORT, Integer.toString(webPort))
                .replace(EXAMPLES, place.resolve("examples").toString())
                .replace(OWN_ROOT, place.resolve("own-root").toString());
    }

    private static void copy(Path folder, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : entries(folder)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
