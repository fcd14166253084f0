package org.emperor.monitor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import org.emperor.jail.FileWatch;
import org.emperor.lang.Question;
import org.emperor.realm.Moment;
import org.emperor.spec.Endings;
import org.emperor.spec.SpecResult;

/** Makes imperial monitors of what the operator writes: a directory, a pattern or a file, with or without a scheme. */
public final class Sources {
    /** How often everything is looked at where the kernel tells of every change. */
    public static final Duration RESCAN = Duration.ofMinutes(5);

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)");

    private final Surroundings surroundings;

    /** How what a monitor finds is read. */
    public interface Reader {
        SpecResult read(Path file);

        /** What the host answers now to what a file asked. */
        default List<String> ask(Question question) {
            return List.of();
        }

        /** Of the names of vassal files. */
        default Endings endings() {
            return Endings.USUAL;
        }
    }

    public Sources(Reader reader, FileWatch watch, Supplier<Moment> clock, Duration rescan) {
        this(reader, watch, HeldText.ofThisProcess(), clock, rescan);
    }

    Sources(Reader reader, FileWatch watch, HeldText text, Supplier<Moment> clock, Duration rescan) {
        this.surroundings = new Surroundings(reader, new KernelWatches(watch), text, clock, rescan);
    }

    /** @throws IllegalArgumentException with a sentence for the operator if there is no such monitor */
    public ImperialMonitor monitor(String source) {
        Matcher matcher = SCHEME.matcher(source);
        String scheme = matcher.matches() ? matcher.group(1) : "";
        String rest = matcher.matches() ? matcher.group(2) : source;
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("cannot watch \"" + source + "\": it names nothing");
        }
        try {
            return monitor(source, scheme, rest);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "cannot watch \"" + source + "\": not a pattern; close each [ and {, and put no { in another", e);
        }
    }

    private ImperialMonitor monitor(String source, String scheme, String rest) {
        return switch (scheme) {
            case "" -> isDirectory(rest) ? directory(source, rest) : glob(source, rest);
            case "dir" -> directory(source, rest);
            case "glob" -> glob(source, rest);
            default ->
                throw new IllegalArgumentException("cannot watch \"" + source + "\": there is no imperial monitor "
                        + scheme + "://; there are dir:// and glob://");
        };
    }

    /** What does not exist yet is a directory to be, unless it is named like a pattern or a vassal file. */
    private boolean isDirectory(String text) {
        Path path = Path.of(text);
        return Files.isDirectory(path)
                || !(NamePattern.isPattern(text)
                        || VassalFileName.of(path, surroundings.reader().endings())
                                .isPresent());
    }

    private ImperialMonitor directory(String source, String text) {
        return new DirectoryMonitor(source, Path.of(text).toAbsolutePath(), file -> true, surroundings);
    }

    private ImperialMonitor glob(String source, String text) {
        Path path = Path.of(text).toAbsolutePath();
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("cannot watch \"" + source + "\": it names no file");
        }
        Predicate<Path> accepts = accepts(VassalFileName.textOf(path));
        List<String> names = IntStream.range(0, parent.getNameCount())
                .mapToObj(i -> parent.getName(i).toString())
                .toList();
        int fixed = (int)
                names.stream().takeWhile(name -> !NamePattern.isPattern(name)).count();
        if (fixed == names.size()) {
            return new DirectoryMonitor(source, parent, accepts, surroundings);
        }
        Path base = fixed == 0 ? parent.getRoot() : parent.getRoot().resolve(parent.subpath(0, fixed));
        List<NamePattern> below =
                names.stream().skip(fixed).map(NamePattern::new).toList();
        return new GlobMonitor(source, new Expansion(base, below, surroundings), accepts, surroundings);
    }

    private static Predicate<Path> accepts(String name) {
        return NamePattern.isPattern(name)
                ? new NamePattern(name)::matches
                : file -> VassalFileName.textOf(file).equals(name);
    }
}
