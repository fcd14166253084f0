package org.emperor.lang;

import java.util.Map;
import java.util.Set;

/**
 * The configuration language: what one section of a file means once its includes, logic and placeholders are followed. In
 * uWSGI's order: lines act from top to bottom, then values are replaced, so that {@code %(key)} may stand above the key.
 * Messages never quote a value: it may be a secret.
 */
public final class Language {
    /** The sections that files have by agreement; what is included from one of them is of the same. */
    private static final Set<String> USUAL = Set.of("vassal", "uwsgi", "emperor");

    private Language() {}

    /**
     * Reads one file in the format of its extension.
     *
     * @param file its path; a relative one begins at the working directory
     * @param section the section whose settings are wanted; without it there are none
     */
    public static Reading read(String file, byte[] content, String section, Surroundings surroundings) {
        return read(file, content, section, surroundings, Map.of());
    }

    /** @param assumed placeholders with their values, which count where the file has no line of that key */
    public static Reading read(
            String file, byte[] content, String section, Surroundings surroundings, Map<String, String> assumed) {
        String usual = USUAL.contains(section) ? section : "vassal";
        FileScope scope = FileScope.top(file, section.equals(usual) ? "" : section, surroundings);
        Document document = Format.of(file).read(file, content).named(scope);
        Evaluation evaluation = new Evaluation(scope, content, usual, surroundings);
        evaluation.assume(assumed);
        return evaluation.read(document, section);
    }
}
