package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emperor.jail.FileWatch.Kind;
import org.emperor.lang.HostSurroundings;
import org.emperor.lang.Question;
import org.emperor.realm.Moment;
import org.emperor.realm.Specs;
import org.emperor.spec.Endings;
import org.emperor.spec.Identity;
import org.emperor.spec.Life;
import org.emperor.spec.Limits;
import org.emperor.spec.Program;
import org.emperor.spec.Restart;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/**
 * A vassal reader over real directories in virtual time. What it does to files it does as the kernel would tell of it. A
 * file's content is its spec's digest; one that contains "bad" is refused. With slashes it is several instances, such as
 * "one/two". A word such as {@code +/a/file} stands for the content of that other file; where it is missing or bad the
 * file is refused. A word such as {@code ?/a/*} stands for the number of paths that match.
 */
final class Scene {
    static final Duration SETTLED = Duration.ofSeconds(1);
    private static final HostSurroundings HOST = new HostSurroundings(() -> {
        throw new AssertionError("nobody asks for facts");
    });

    final Path root;
    final Path vassals;
    final ManualClock clock = new ManualClock();
    final FakeFileWatch watch = new FakeFileWatch(clock);
    final List<Survey> surveys = new ArrayList<>();
    final Map<Path, Integer> reads = new HashMap<>();
    private final VassalReader reader;
    private Runnable afterPart = () -> {};
    private int told;
    int asked;

    /** @param sources paths below the root, or the root's {@code vassals} if there is none */
    Scene(Path root, String... sources) throws IOException {
        this(Endings.USUAL, root, sources);
    }

    Scene(Endings endings, Path root, String... sources) throws IOException {
        this.root = Files.createDirectories(root).toRealPath();
        this.vassals = Files.createDirectories(this.root.resolve("vassals"));
        this.reader = reader(reading(endings), sources.length == 0 ? new String[] {"vassals"} : sources);
    }

    private VassalReader reader(Sources.Reader read, String... names) {
        Sources sources = new Sources(read, watch, clock, Sources.RESCAN);
        List<ImperialMonitor> monitors = Stream.of(names)
                .map(name -> sources.monitor(root.resolve(name).toString()))
                .toList();
        return new VassalReader(monitors, watch, clock, surveys::add);
    }

    private Sources.Reader reading(Endings endings) {
        return new Sources.Reader() {
            @Override
            public SpecResult read(Path file) {
                return Scene.this.read(file);
            }

            @Override
            public List<String> ask(Question question) {
                return Scene.this.ask(question);
            }

            @Override
            public Endings endings() {
                return endings;
            }
        };
    }

    private SpecResult read(Path file) {
        reads.merge(file, 1, Integer::sum);
        Optional<VassalName> name = VassalFileName.ofAny(file).flatMap(VassalFileName::vassal);
        List<String> parts = new ArrayList<>();
        Map<Question, List<String>> answers = new HashMap<>();
        try {
            String text = content(file, parts, answers);
            if (text.contains("defect")) {
                throw new IllegalStateException(text);
            }
            return text.contains("bad") || name.isEmpty()
                    ? refused(file, text, parts, answers)
                    : new SpecResult.Accepted(specs(name.get(), file, text), parts, answers);
        } catch (IOException e) {
            return refused(file, e.toString(), parts, answers);
        }
    }

    private static List<VassalSpec> specs(VassalName name, Path file, String text) {
        if (text.indexOf('/') < 0) {
            return List.of(spec(name, file, text));
        }
        List<VassalSpec> specs = new ArrayList<>();
        for (String digest : text.split("/", -1)) {
            specs.add(spec(name.withInstance(String.valueOf(specs.size() + 1)).orElseThrow(), file, digest));
        }
        return specs;
    }

    private String content(Path file, List<String> parts, Map<Question, List<String>> answers) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String word : Files.readString(file).split(" ", -1)) {
            text.append(text.isEmpty() ? "" : " ");
            if (word.startsWith("+")) {
                parts.add(word.substring(1));
                text.append(Files.readString(Path.of(word.substring(1))));
                afterPart.run();
            } else if (word.startsWith("?")) {
                Question question = new Question(Question.Kind.GLOB, word.substring(1));
                answers.put(question, ask(question));
                text.append(ask(question).size());
                afterPart.run();
            } else {
                text.append(word);
            }
        }
        return text.toString();
    }

    private List<String> ask(Question question) {
        asked++;
        return question.answer(HOST);
    }

    private static SpecResult refused(Path file, String why, List<String> parts, Map<Question, List<String>> answers) {
        return new SpecResult.Refused(List.of(VassalFileReader.problem(file, why, "")), parts, answers);
    }

    static VassalSpec spec(VassalName name, Path file, String digest) {
        Program program = Specs.program("true");
        Life life = Specs.life(SETTLED, true, SETTLED, SETTLED, Restart.ALWAYS);
        Identity root = new Identity("root", 0, 0, List.of(0), "/", "/bin/sh");
        return new VassalSpec(
                name, file.toString(), program, root, life, Limits.NONE, new TreeMap<>(), List.of(), Map.of(), digest);
    }

    /** Lets that much time pass; returns what was told meanwhile, a change a word. */
    List<String> pass(Duration duration) {
        Moment end = clock.get().plus(duration);
        watch.horizon(end);
        int turns = 0;
        do {
            reader.turn();
            assertTrue(turns++ < 20_000, "the reader never rests");
        } while (watch.hasNotes() || end.isAfter(clock.get()));
        return told();
    }

    List<String> settle() {
        return pass(SETTLED);
    }

    private List<String> told() {
        List<String> words = surveys.subList(told, surveys.size()).stream()
                .flatMap(survey -> survey.changes().stream())
                .map(Scene::word)
                .toList();
        told = surveys.size();
        return words;
    }

    private static String word(Change change) {
        String digest = change.spec().map(spec -> "=" + spec.digest()).orElse("");
        String anonymous =
                change.kind() == Change.Kind.VANISHED && change.name().isEmpty() ? "(nobody)" : "";
        return change.kind() + " " + change.id() + digest + anonymous;
    }

    List<String> troubles() {
        return surveys.get(surveys.size() - 1).troubles();
    }

    /** What somebody does just after the next reading of another file for a vassal file. */
    void afterPart(Runnable deed) {
        afterPart = () -> {
            afterPart = () -> {};
            deed.run();
        };
    }

    int reads() {
        return reads.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Of many files the one of that number. */
    static String name(int number) {
        return "v%03d.ini".formatted(number);
    }

    /** A word for each of so many files. */
    static List<String> each(int many, Function<String, String> word) {
        return IntStream.range(0, many)
                .mapToObj(number -> word.apply(name(number)))
                .toList();
    }

    Path file(String name) {
        return vassals.resolve(name);
    }

    Scene write(String name, String content) {
        return write(file(name), content);
    }

    Scene write(Path file, String content) {
        return append(file, content, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)
                .note(Kind.COMPLETE, file);
    }

    /** As a writer does that has not closed the file yet. */
    Scene writePart(String name, String part) {
        return append(file(name), part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Scene append(Path file, String content, StandardOpenOption... how) {
        return run(() -> {
            StandardOpenOption[] options = Stream.concat(Stream.of(how), Stream.of(StandardOpenOption.WRITE))
                    .toArray(StandardOpenOption[]::new);
            Files.write(file, content.getBytes(StandardCharsets.UTF_8), options);
            note(Kind.CHANGED, file);
        });
    }

    Scene rename(String from, String to) {
        return rename(file(from), file(to));
    }

    Scene rename(Path from, Path to) {
        return run(() -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING))
                .note(Kind.CHANGED, from)
                .note(Kind.COMPLETE, to);
    }

    Scene remove(String name) {
        return run(() -> Files.delete(file(name))).note(Kind.CHANGED, file(name));
    }

    Scene touch(String name, FileTime time) {
        return run(() -> Files.setLastModifiedTime(file(name), time)).note(Kind.CHANGED, file(name));
    }

    Scene link(String name, String target) {
        return run(() -> Files.createSymbolicLink(file(name), Path.of(target))).note(Kind.CHANGED, file(name));
    }

    /** {@code ln -sfn}: a new link renamed over the old one. */
    Scene turnLink(Path link, String target) {
        Path fresh = link.resolveSibling("fresh-link");
        return run(() -> Files.createSymbolicLink(fresh, Path.of(target)))
                .note(Kind.CHANGED, fresh)
                .rename(fresh, link);
    }

    /** {@code rm -r}. */
    Scene removeTree(Path directory) {
        return run(() -> {
            for (Path entry : entries(directory)) {
                Files.delete(entry);
                note(Kind.CHANGED, entry);
            }
            Files.delete(directory);
            watch.note(Kind.DIRECTORY_GONE, directory, "");
            note(Kind.CHANGED, directory);
        });
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    Scene makeDirectory(Path directory) {
        return run(() -> Files.createDirectories(directory)).note(Kind.CHANGED, directory);
    }

    Scene note(Kind kind, Path file) {
        watch.note(kind, file.getParent(), file.getFileName().toString());
        return this;
    }

    Scene run(FileAction action) {
        try {
            action.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    interface FileAction {
        void run() throws IOException;
    }
}
