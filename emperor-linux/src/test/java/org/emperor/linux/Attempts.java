package org.emperor.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emperor.realm.IncarnationId;

/** A program that tries things in a jail and says how they went; built once by cc. */
final class Attempts {
    static final String SUCCESS = "0";
    static final String EPERM = "1";
    static final String EACCES = "13";
    static final String ENOSYS = "38";

    private static final Path PROGRAM = build();

    private Attempts() {}

    private static Path build() {
        try {
            Path program = Files.createTempDirectory("attempt").resolve("attempt");
            int code = new ProcessBuilder(
                            "cc",
                            "-O1",
                            "-Wall",
                            "-Wextra",
                            "-Werror",
                            "-static",
                            "-o",
                            program.toString(),
                            "src/test/native/attempt.c")
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("cc ended with " + code);
            }
            Files.setPosixFilePermissions(
                    program.getParent(), java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            program.getParent().toFile().deleteOnExit(); // the last that is named goes first
            program.toFile().deleteOnExit();
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String program() {
        return PROGRAM.toString();
    }

    /** Runs the program with these words in a jail; what it said of each, and of the fields of its status. */
    static Map<String, String> in(JailYard yard, Sample sample, String... words) {
        List<String> argv = new ArrayList<>(List.of(program()));
        argv.addAll(List.of(words));
        IncarnationId id = yard.launch(sample.exec(argv.toArray(String[]::new)));
        String reason = yard.end(id).toString();
        String said = yard.lastWords(id);
        yard.dismantle(id);
        Map<String, String> answers = new LinkedHashMap<>();
        for (String line : said.lines().toList()) {
            String[] halves = line.split("\\s+", 2);
            answers.put(halves[0], halves[1]);
        }
        if (answers.isEmpty()) {
            throw new AssertionError("it said nothing: " + reason);
        }
        return answers;
    }
}
