package org.emperor.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.MatchResult;
import java.util.stream.Stream;

/** A real emperor over an empty directory of vassals, all in one temporary place; ends it, and asserts that it ends well. */
final class Reign implements AutoCloseable {
    private final Path place;
    private final Process emperor;
    private final Lines lines;

    private Reign(Path place, Process emperor) {
        this.place = place;
        this.emperor = emperor;
        this.lines = new Lines(emperor.getInputStream());
    }

    /** @param place an empty directory; other users get access, for the vassals run as them */
    static Reign begin(Path place) throws IOException {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path vassals = Files.createDirectory(place.resolve("vassals"));
        Process emperor = Launcher.start(Launcher.emperor(
                "run", "--vassals=" + vassals, "--state-dir=" + place.resolve("state"), "--log-dir=-", "--http=none"));
        Reign reign = new Reign(place, emperor);
        reign.await("INFO reigning ");
        return reign;
    }

    MatchResult await(String pattern) {
        return lines.await(pattern);
    }

    /** The next line that the vassal prints, by a pattern that must match all of it. */
    MatchResult awaitFrom(String vassal, String pattern) {
        return await("Z " + vassal + " \\| " + pattern + "$");
    }

    /** Installs an example as its README says, but here: its folder, and its vassal file with the other paths. */
    Path install(String example, String... replacements) throws IOException {
        Path folder = Path.of(example).toRealPath();
        Path to = Files.createDirectories(place.resolve("examples").resolve(example));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        String text = Files.readString(folder.resolve(example + ".ini"));
        for (int i = 0; i < replacements.length; i += 2) {
            assertEquals(true, text.contains(replacements[i]), "the example names " + replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        text = text.replace("/opt/emperor/examples", place.resolve("examples").toString());
        Path draft = Files.writeString(place.resolve("draft"), text);
        return Files.move(draft, place.resolve("vassals").resolve(example + ".ini"));
    }

    long pid() {
        return emperor.pid();
    }

    @Override
    public void close() {
        emperor.toHandle().destroy(); // TERM; the process's own destroy() would close its output too
        await("the reign is over");
        try {
            assertEquals(0, emperor.waitFor());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
