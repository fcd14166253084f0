package org.emperor.lang;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that a file names. Each is read once, so that all its uses see the same. */
final class OtherFiles {
    private static final String FILE = "file://";
    private static final String OWN_BINARY = "is inside uWSGI";
    private static final Map<String, String> ELSEWHERE = Map.of(
            "http", "is on the network",
            "https", "is on the network",
            "exec", "is the output of a program",
            "fd", "is an open descriptor",
            "emperor", "is a uWSGI emperor's message",
            "data", OWN_BINARY,
            "sym", OWN_BINARY,
            "section", OWN_BINARY,
            "call", OWN_BINARY,
            "callint", OWN_BINARY);

    private final Surroundings surroundings;
    private final Budget budget;
    private final Map<String, byte[]> contents = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    /** @param top the file that all begins with, whose content is known */
    OtherFiles(Surroundings surroundings, Budget budget, FileScope top, byte[] content) {
        this.surroundings = surroundings;
        this.budget = budget;
        if (top.name().startsWith("/")) {
            contents.put(top.name(), content);
        }
    }

    String real(String path) {
        return surroundings.real(path);
    }

    /** Every path that was asked for, in order. */
    List<String> asked() {
        return new ArrayList<>(asked);
    }

    /** The absolute path of a source that a line names at that index. */
    String path(String source, Given line, int index) {
        int scheme = Math.max(source.indexOf("://"), 0);
        String elsewhere = ELSEWHERE.get(source.substring(0, scheme));
        if (elsewhere != null) {
            throw Refusal.of(line, index, "a source that " + elsewhere, "write it to a file and name that");
        }
        String file = source.startsWith(FILE) ? source.substring(FILE.length()) : source;
        if (file.equals("-")) {
            throw Refusal.of(line, index, "standard input is no file", "name a file");
        }
        if (file.isEmpty() || file.indexOf('\0') >= 0) {
            throw Refusal.of(line, index, "names no file", "name a file");
        }
        return line.scope().resolve(file);
    }

    byte[] content(String path, Given line, int index) {
        byte @Nullable [] known = contents.get(path);
        if (known != null) {
            return known;
        }
        asked.add(path);
        Surroundings.Source source = surroundings.read(path);
        if (source instanceof Surroundings.Source.Refused refused) {
            budget.file(line, 0);
            throw Refusal.of(
                    line,
                    index,
                    "the file it names " + refused.reason(),
                    "a relative path begins where the file with this line is");
        }
        byte[] content = ((Surroundings.Source.Content) source).bytes();
        budget.file(line, content.length);
        contents.put(path, content);
        return content;
    }

    /** The text of a source. */
    String text(String source, Given line, int index) {
        String path = path(source, line, index);
        String known = texts.get(path);
        if (known != null) {
            return known;
        }
        byte[] content = content(path, line, index);
        List<Problem> flaws = Utf8.flaws(path, content);
        if (!flaws.isEmpty()) {
            throw Refusal.of(line, index, "the file it names has " + flaws.get(0).rule(), "name a text file");
        }
        String text = Utf8.text(content);
        texts.put(path, text);
        return text;
    }
}
