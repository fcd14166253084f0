package org.emperor.lang;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one section of a file means after includes, logic and placeholders.
 *
 * @param headers where each section of the file itself first begins, in file order
 * @param settings in the order in which they count
 * @param keys all keys of the section, those too whose value was refused
 * @param placeholders the keys that need not be options: some value used them as {@code %(key)}, or {@code set},
 *     {@code set-ph} made them. With {@code strict} only what {@code set-ph} made
 * @param declared the keys that {@code set-ph} made, which must not be options
 * @param files every other file that was read, or should have been, in order; their change may change the reading
 * @param answers what was asked about paths, in order; other answers may change the reading too
 * @param messages what {@code print} said
 * @param problems what could not be understood, in the order in which it was met
 */
public record Reading(
        Map<String, Position> headers,
        List<Setting> settings,
        Set<String> keys,
        Set<String> placeholders,
        Set<String> declared,
        List<String> files,
        Map<Question, List<String>> answers,
        List<Message> messages,
        List<Problem> problems) {

    /** The text of one {@code print}. */
    public record Message(Position position, String text) {}

    public Reading {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        settings = Collections.unmodifiableList(new ArrayList<>(settings));
        keys = Set.copyOf(keys);
        placeholders = Set.copyOf(placeholders);
        declared = Set.copyOf(declared);
        files = List.copyOf(files);
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        messages = List.copyOf(messages);
        problems = List.copyOf(problems);
    }

    /** Where the section begins; empty if the file has none of that name. */
    public Optional<Position> header(String section) {
        return Optional.ofNullable(headers.get(section));
    }

    /** Whether a setting may have this key though no option has it: then it is there for its value to be used elsewhere. */
    public boolean isPlaceholder(String key) {
        return placeholders.contains(key);
    }
}
