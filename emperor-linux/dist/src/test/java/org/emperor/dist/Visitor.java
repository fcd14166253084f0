package org.emperor.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A client command of the emperor that runs for a while, with its output. */
final class Visitor implements AutoCloseable {
    private final Process process;
    private final Path output;

    private Visitor(Process process, Path output) {
        this.process = process;
        this.output = output;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // should the tests be interrupted
    }

    /** What the launcher would end in: {@code emperor COMMAND --state-dir … WORDS}. */
    static List<String> command(RunningEmperor emperor, String command, String... words) {
        List<String> line = new ArrayList<>(RunningEmperor.java());
        line.addAll(List.of(command, "--state-dir", emperor.place().state().toString()));
        line.addAll(List.of(words));
        return line;
    }

    static Visitor begin(RunningEmperor emperor, List<String> line, Map<String, String> environment) {
        try {
            Path output = Files.createTempFile(emperor.place().path(), "visit", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("_JAVA_SR_SIGNUM", "50"); // as the launcher
            builder.environment().putAll(environment);
            return new Visitor(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Visitor exec(RunningEmperor emperor, String vassal, String... words) {
        return begin(emperor, command(emperor, "exec", words(vassal, words)), Map.of());
    }

    private static String[] words(String vassal, String... words) {
        return Stream.concat(Stream.of(vassal, "--"), Stream.of(words)).toArray(String[]::new);
    }

    int pid() {
        return (int) process.pid();
    }

    void type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what only steers a terminal. */
    String said() {
        try {
            return Files.readString(output).replaceAll("\r|\033\\[[?0-9;]*[A-Za-z]", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void untilSaid(String text) {
        try {
            Await.until("the visit says " + text, () -> said().contains(text));
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; it said: " + said(), late);
        }
    }

    int exitCode() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the visit does not end; it said: " + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
