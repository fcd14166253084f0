package org.emperor.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program that tries to escape, in a place of the host that jails with the host's files see, and what it looks for: a
 * process, sockets, a key and a file of the host.
 */
final class Hostile implements AutoCloseable {
    private static final Path SOURCE = Path.of("src/test/native/hostile.c");
    private static final Pattern LINE =
            Pattern.compile("\\{\"attempt\":\"([a-z0-9-]+)\",\"outcome\":\"([a-z]+)\",\"detail\":\"(.*)\"\\}");
    private static final Pattern SCORE = Pattern.compile("\\{\"score\":([0-9]+)\\}");
    private static final String NAME = "emperor-hostile-test";

    private final Path directory;
    private final Path program;
    private final Process host;
    private final String port;

    /** How one attempt ended. */
    record Outcome(String word, String detail) {}

    /** @param outcomes by attempt, in the order they were made */
    record Result(Map<String, Outcome> outcomes, int score) {
        /** The attempts that ended so. */
        List<String> attempts(String word) {
            List<String> names = new ArrayList<>();
            outcomes.forEach((name, outcome) -> {
                if (outcome.word().equals(word)) {
                    names.add(name);
                }
            });
            return names;
        }
    }

    Hostile() {
        try {
            // Not in /tmp: jails have their own.
            directory = Files.createTempDirectory(Path.of("/opt"), "emperor-hostile-");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            program = directory.resolve("hostile");
            Host.run(List.of("cc", "-O1", "-Wall", "-Wextra", "-Werror", "-static", "-o", "" + program, "" + SOURCE));
            Host.run(List.of("cp", "" + program, "" + setuid()));
            Host.run(List.of("chmod", "4755", "" + setuid()));
            host = new ProcessBuilder("" + program, "--host", NAME).start();
            port = new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8)).readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path program() {
        return program;
    }

    /** A root directory in which the program and its setuid copy lie at the same paths. */
    Path root() {
        Path root = directory.resolve("root");
        if (!Files.exists(root)) {
            Host.run(List.of("mkdir", "-p", root + "" + directory));
            List.of("proc", "sys", "dev", "tmp", "run", "etc", "var/tmp")
                    .forEach(name -> Host.run(List.of("mkdir", "-p", "" + root.resolve(name))));
            Host.run(List.of("cp", "-p", "" + program, "" + setuid(), root + "" + directory));
        }
        return root;
    }

    private Path setuid() {
        return directory.resolve("setuid");
    }

    /** A command in the session keyring that the attempts look into. */
    List<String> withKey(List<String> command) {
        List<String> words = new ArrayList<>(List.of(program.toString(), "--with-key", NAME));
        words.addAll(command);
        return words;
    }

    /** What the attempts look for, as a vassal file says it. */
    List<String> environment(Path hostFile) {
        return List.of(
                "HOST_FILE=" + hostFile,
                "HOST_PID=" + host.pid(),
                "HOST_WORDS=" + NAME,
                "HOST_SOCKET=" + NAME,
                "HOST_PORT=" + port,
                "HOST_KEY=" + NAME,
                "SETUID_FILE=" + setuid());
    }

    /** Makes the attempts on the host itself, with a descriptor that a careless parent left open. */
    Result withoutJail(Path hostFile) {
        List<String> words = withKey(List.of("sh", "-c", "exec 9</; exec \"$0\"", program.toString()));
        ProcessBuilder builder = new ProcessBuilder(words);
        environment(hostFile).forEach(line -> builder.environment()
                .put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        builder.environment().put("TRACEE", Long.toString(host.pid()));
        try {
            Process process = builder.start();
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            List<String> lines = new ArrayList<>();
            for (String line = said.readLine(); line != null; line = isEnd(lines) ? null : said.readLine()) {
                lines.add(line);
            }
            process.destroyForcibly();
            return result(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isEnd(List<String> lines) {
        return lines.stream().anyMatch(line -> SCORE.matcher(line).matches());
    }

    static Result result(List<String> lines) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        int score = -1;
        for (String line : lines) {
            Matcher attempt = LINE.matcher(line);
            Matcher end = SCORE.matcher(line);
            if (attempt.matches()) {
                outcomes.put(attempt.group(1), new Outcome(attempt.group(2), attempt.group(3)));
            } else if (end.matches()) {
                score = Integer.parseInt(end.group(1));
            }
        }
        return new Result(outcomes, score);
    }

    @Override
    public void close() {
        host.destroyForcibly();
        Host.run(List.of("rm", "-rf", directory.toString()));
    }
}
