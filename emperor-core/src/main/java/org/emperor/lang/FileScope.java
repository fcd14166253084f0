package org.emperor.lang;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One file while it is read: what relative paths, {@code :section} and magic variables mean in it. */
final class FileScope {
    private final String name;
    private final String argument;
    private final String section;
    private final Surroundings surroundings;
    private final @Nullable FileScope parent;
    private final List<Position> through;

    private FileScope(
            String name,
            String argument,
            String section,
            Surroundings surroundings,
            @Nullable FileScope parent,
            List<Position> through) {
        this.name = name;
        this.argument = argument;
        this.section = section;
        this.surroundings = surroundings;
        this.parent = parent;
        this.through = through;
    }

    /** @param section the one that was asked for by name; empty for the usual one */
    static FileScope top(String file, String section, Surroundings surroundings) {
        String argument = file.substring(file.lastIndexOf('/') + 1); // as uWSGI's emperor gives it, from its directory
        return new FileScope(file, argument, section, surroundings, null, List.of());
    }

    /** A file that a line of this one names. */
    FileScope included(String path, String argument, String section, Position line) {
        List<Position> chain = new ArrayList<>();
        chain.add(line);
        chain.addAll(through);
        return new FileScope(path, argument, section, surroundings, this, List.copyOf(chain));
    }

    /** As messages name it. */
    String name() {
        return name;
    }

    /** The lines that led here, the nearest first. */
    List<Position> through() {
        return through;
    }

    /** Whether this or a file above it is the same file and section, so that reading it would never end. */
    boolean isWithin(String realPath, String ofSection) {
        for (FileScope at = this; at != null; at = at.parent) {
            if (at.section.equals(ofSection) && surroundings.real(at.path()).equals(realPath)) {
                return true;
            }
        }
        return false;
    }

    /** The absolute path of a path that stands in this file. */
    String resolve(String path) {
        return path.startsWith("/") ? path : directory() + path;
    }

    /** Its absolute path. */
    String path() {
        return name.startsWith("/") ? name : surroundings.facts().directory() + "/" + name;
    }

    private String directory() {
        String path = path();
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private FileScope outermost() {
        FileScope at = this;
        while (at.parent != null) {
            at = at.parent;
        }
        return at;
    }

    /** A section's name as it is meant. */
    String named(String header) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            char letter = c == '%' && i + 1 < header.length() ? header.charAt(i + 1) : '\0';
            Optional<String> value =
                    letter == '%' ? Optional.of("%") : letter == '\0' ? Optional.empty() : magic(letter);
            name.append(value.orElse(String.valueOf(c)));
            i += value.isPresent() ? 1 : 0;
        }
        return name.toString();
    }

    /** What a magic variable stands for here; empty if there is none of that letter, or it says nothing here. */
    Optional<String> magic(char letter) {
        if ("OSPDCENXIJ".indexOf(letter) >= 0) {
            return outermost().ofFile(Character.toLowerCase(letter));
        }
        if (letter >= '0' && letter <= '9') {
            return component(letter - '0');
        }
        Optional<String> own = ofFile(letter);
        return own.isPresent() ? own : ofHost(letter);
    }

    private Optional<String> ofFile(char letter) {
        String file = fileName();
        int dot = file.lastIndexOf('.');
        return switch (letter) {
            case 'o' -> Optional.of(argument);
            case 's' -> Optional.of(file);
            case 'n' -> Optional.of(dot < 0 ? file : file.substring(0, dot));
            case 'e' -> Optional.of(dot < 0 ? "" : file.substring(dot + 1));
            case 'd' -> Optional.of(realDirectory());
            case 'c' -> Optional.of(lastOf(realDirectory()));
            case 'p' -> Optional.of(realPath());
            case 'j' -> Optional.of(Djb33x.of(realPath()));
            case 'i' -> surroundings.inode(path());
            case 'x' -> Optional.of(section);
            default -> Optional.empty();
        };
    }

    private Optional<String> ofHost(char letter) {
        return switch (letter) {
            case '[' -> Optional.of("\u001b");
            case 'v' -> Optional.of(surroundings.facts().directory());
            case 'V' -> Optional.of(surroundings.facts().version());
            case 'h' -> Optional.of(surroundings.facts().host());
            case 't' -> Optional.of(String.valueOf(surroundings.facts().start().getEpochSecond()));
            case 'T' ->
                Optional.of(String.valueOf(ChronoUnit.MICROS.between(
                        Instant.EPOCH, surroundings.facts().start())));
            case 'k' -> Optional.of(String.valueOf(surroundings.facts().processors()));
            case 'u' ->
                Optional.of(Integer.toUnsignedString(surroundings.facts().uid()));
            case 'U' -> Optional.of(surroundings.facts().user());
            case 'g' ->
                Optional.of(Integer.toUnsignedString(surroundings.facts().gid()));
            case 'G' -> Optional.of(surroundings.facts().group());
            case 'b' -> Optional.of(surroundings.facts().binary());
            default -> Optional.empty();
        };
    }

    private Optional<String> component(int number) {
        String[] names = realDirectory().split("/", -1); // begins and ends with an empty one
        return Optional.of(number + 2 < names.length ? names[number + 1] : "");
    }

    private static String lastOf(String directory) {
        int end = directory.length() - 1;
        return end <= 0 ? "" : directory.substring(directory.lastIndexOf('/', end - 1) + 1, end);
    }

    /** Without symbolic links, unless the file itself is one. */
    private String realPath() {
        return surroundings.isLink(path()) ? path() : surroundings.real(path());
    }

    private String realDirectory() {
        String path = realPath();
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
