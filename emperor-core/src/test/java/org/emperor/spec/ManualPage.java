package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A page of {@code docs/man} as the tests of the option tables compare it: sections of items, in mdoc(7). */
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

    /** Whether the section has an item for each option and for nothing else, with its default and its repeatability. */
    public void assertTells(String section, String macros, List<Option> options) {
        Map<String, String> items = items(section, macros);
        assertEquals(
                new TreeSet<>(options.stream().map(Option::key).toList()),
                new TreeSet<>(items.keySet()),
                "keys in " + section + " of " + name);
        for (Option option : options) {
            assertTells(items.get(option.key()), option);
        }
    }

    private void assertTells(String item, Option option) {
        String standard = item.lines()
                .filter(line -> line.startsWith("Default: "))
                .map(line -> line.substring("Default: ".length(), line.length() - 1))
                .collect(Collectors.joining(", "));
        assertEquals(option.standard(), standard, "default of " + option.key() + " in " + name);
        assertEquals(
                option.repeatable(),
                item.contains("May be repeated."),
                "whether " + name + " says of " + option.key() + " that it may be repeated");
    }
}
