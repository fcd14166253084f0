package org.emperor.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Another emperor's process: takes a state directory and holds it until its standard input ends. */
final class Reign {
    private Reign() {}

    /** Run as a program by tests. */
    public static void main(String[] arguments) throws IOException {
        try (StateDirectory state = StateDirectory.open(Path.of(arguments[0]), self())) {
            System.out.println("reigns over " + state.path());
            while (System.in.read() >= 0) {
                // until the end
            }
        } catch (StateRefusal e) {
            System.out.println(e.getMessage());
        }
    }

    static Process start(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reign.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** The user who runs the tests. */
    static int self() throws IOException {
        Path own = Files.createTempFile("owner", "");
        try {
            return (Integer) Files.getAttribute(own, "unix:uid");
        } finally {
            Files.delete(own);
        }
    }
}
