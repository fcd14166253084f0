package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A page of {@code docs/man} as tests compare it: sections of items, in mdoc(7). */
public final class ManualPage {
    private final String name;
    private final Map<String, List<String>> sections = new LinkedHashMap<>();

    /** @param name the file's name, such as {@code emperor.8} */
    public ManualPage(String name) {
        this.name = name;
        List<String> section = new ArrayList<>();
        for (String line : lines(Path.of(System.getProperty("basedir", "."), "..", "docs", "man", name))) {
            if (line.startsWith(".Sh ")) {
                section = new ArrayList<>();
                sections.put(line.substring(4), section);
            }
            section.add(line);
        }
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything in the section, a line each. */
    public String section(String section) {
        List<String> lines = sections.get(section);
        assertTrue(lines != null, name + " has no section " + section);
        return String.join("\n", lines);
    }

    /**
     * The items of a section by their first word after the macros, without subsections.
     *
     * @param macros what an item begins with, such as {@code .It Ic}
     */
    public Map<String, String> items(String section, String macros) {
        Map<String, StringBuilder> items = new LinkedHashMap<>();
        StringBuilder item = new StringBuilder();
        for (String line : section(section).split("\n.Ss ", 2)[0].lines().toList()) {
            if (line.startsWith(macros + " ")) {
                String key = line.substring(macros.length() + 1).split(" ", 2)[0];
                item = new StringBuilder();
                assertTrue(items.put(key, item) == null, name + " has two entries of " + key);
            }
            item.append(line).append('\n');
        }
        return items.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .toString()));
    }
}
