package org.emperor.lang;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One directory of the corpus, whose README says what is in it. */
record CorpusCase(String name, Path directory, Map<String, String> about, Map<String, String> environment) {
    private static final Path ROOT = Path.of("src/test/corpus");
    private static final List<String> EVERY_FORMAT = List.of("ini", "yaml", "json", "xml", "toml");
    private static final List<String> TESTIMONY = List.of("about", "expected", "refusal", "printed");

    static List<CorpusCase> all() {
        try (Stream<Path> files = Files.find(ROOT.toRealPath(), 3, (path, is) -> path.endsWith("about"))) {
            return files.map(Path::getParent).sorted().map(CorpusCase::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CorpusCase of(Path directory) {
        Map<String, String> about = new LinkedHashMap<>();
        Map<String, String> environment = new LinkedHashMap<>();
        for (String line : lines(directory.resolve("about"))) {
            String[] said = line.split(" = ", 2);
            if (said[0].equals("env")) {
                String[] variable = said[1].split("=", 2);
                environment.put(variable[0], variable[1]);
            } else {
                about.put(said[0], said[1]);
            }
        }
        Path area = directory.getParent();
        return new CorpusCase(area.getFileName() + "/" + directory.getFileName(), directory, about, environment);
    }

    /** What a real uWSGI does: {@code yes} the same, {@code no} something else, {@code unseen} nobody can tell. */
    String uwsgi() {
        return about.get("uwsgi");
    }

    String entry() {
        return about.getOrDefault("entry", "vassal.ini");
    }

    String section() {
        return about.getOrDefault("section", "vassal");
    }

    /** Formats other than INI that can say the same; what is written in another one says what only that one can. */
    List<String> otherFormats() {
        if (!entry().endsWith(".ini")) {
            return List.of();
        }
        String formats = about.get("formats");
        List<String> others = formats.equals("all") ? EVERY_FORMAT : Arrays.asList(formats.split(" "));
        if (!EVERY_FORMAT.containsAll(others)) {
            throw new IllegalArgumentException(name + ": no such format in " + formats);
        }
        return others.stream().filter(format -> !format.equals("ini")).toList();
    }

    byte[] content() {
        return bytes(directory.resolve(entry()));
    }

    boolean isRefused() {
        return Files.exists(directory.resolve("refusal"));
    }

    List<String> refusal() {
        return lines(directory.resolve("refusal"));
    }

    List<String> expected() {
        return lines(directory.resolve("expected"));
    }

    List<String> printed() {
        Path file = directory.resolve("printed");
        return Files.exists(file)
                ? lines(file).stream().filter(line -> !line.isEmpty()).toList()
                : List.of();
    }

    /** The files that a reader may see, relative to the case. */
    List<Path> files() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(directory::relativize)
                    .filter(path -> !TESTIMONY.contains(path.toString()))
                    .filter(path -> !path.toString().isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A setting as {@code expected} would say it. */
    static String line(String key, String value) {
        StringBuilder line = new StringBuilder(key).append(value.isEmpty() ? " =" : " = ");
        for (char c : value.toCharArray()) {
            line.append(
                    switch (c) {
                        case '\\' -> "\\\\";
                        case '\n' -> "\\n";
                        case '\t' -> "\\t";
                        default -> Character.isISOControl(c) ? String.format("\\x%02x", (int) c) : String.valueOf(c);
                    });
        }
        return line.toString();
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
