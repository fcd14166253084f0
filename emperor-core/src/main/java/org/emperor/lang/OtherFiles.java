package org.emperor.lang;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that a file names, and what it asks about paths: each once, so that all uses see the same. */
final class OtherFiles {
    private static final String FILE = "file://";
    private static final String WRITE = "write it to a file";
    private static final Map<String, String> ELSEWHERE = Map.of(
            "http", "copy it to a file",
            "https", "copy it to a file",
            "exec", "write its output to a file",
            "fd", WRITE,
            "emperor", WRITE,
            "data", WRITE,
            "sym", WRITE,
            "section", WRITE,
            "call", WRITE,
            "callint", WRITE);

    /** Questions, and paths in their answers, that may be kept for those who watch them. */
    private static final int MOST_KEPT = 2 * Question.MOST_PATHS;

    private final Surroundings surroundings;
    private final Budget budget;
    private final Map<String, byte[]> contents = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Map<Question, List<String>> answers = new LinkedHashMap<>();
    private int kept;

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

    List<String> ask(Question question) {
        List<String> known = answers.get(question);
        if (known == null) {
            known = question.answer(surroundings);
            keep(question, known);
        }
        return known;
    }

    private void keep(Question question, List<String> answer) {
        if (answer.size() < MOST_KEPT - kept) {
            kept += answer.size() + 1;
            answers.put(question, answer);
        }
    }

    /** What was asked with its answer, in order; what is beyond a bound is not known any more. */
    Map<Question, List<String>> answers() {
        return answers;
    }

    /** The absolute path of a source that a line names at that index. */
    String path(String source, Given line, int index) {
        String scheme = source.substring(0, Math.max(source.indexOf("://"), 0));
        String remedy = ELSEWHERE.get(scheme);
        if (remedy != null) {
            boolean section = scheme.equals("section") && line.key().equals("ini");
            throw Refusal.of(
                    line,
                    index,
                    scheme + ":// is not read here",
                    section ? "write ini = :NAME for a section of this file" : remedy);
        }
        String file = source.startsWith(FILE) ? source.substring(FILE.length()) : source;
        if (file.equals("-")) {
            throw Refusal.of(line, index, "standard input is not read here", WRITE);
        }
        if (file.isEmpty()) {
            throw Refusal.of(line, index, "names no file", "write its path after =");
        }
        if (Shown.hasControl(file)) { // it would be a part of messages
            throw Refusal.of(line, index, "a control character in a path", "rename the file");
        }
        return line.scope().resolve(file);
    }

    /** @param name as messages call it */
    byte[] content(String path, String name, Given line, int index) {
        byte @Nullable [] known = contents.get(path);
        if (known != null) {
            return known;
        }
        asked.add(path);
        Surroundings.Source source = surroundings.read(path);
        if (source instanceof Surroundings.Source.Refused refused) {
            budget.file(line, 0);
            throw Refusal.of(line, index, Shown.of(name) + " " + refused.reason(), refused.remedy());
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
        byte[] content = content(path, source, line, index);
        List<Problem> flaws = Utf8.flaws(path, content);
        if (!flaws.isEmpty()) {
            throw Refusal.of(
                    line, index, Shown.of(source) + " has " + flaws.get(0).rule(), "name a text file");
        }
        String text = Utf8.text(content);
        texts.put(path, text);
        return text;
    }
}
